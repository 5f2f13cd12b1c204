import { useEffect } from 'react';

/** Has the browser ask whoever leaves the page or reloads it: what is shown this once would be lost. */
export function useUnloadWarning(): void {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, []);
}
