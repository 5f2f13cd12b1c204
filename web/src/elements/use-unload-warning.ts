import { useEffect } from 'react';

/** Makes the browser warn before the page is left or reloaded, while it shows a secret that would be lost. */
export function useUnloadWarning(): void {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, []);
}
