import { useCallback, useRef, useState, type ReactNode } from 'react';
import { AnnouncerContext } from './announce.js';

/** How long a message is shown. */
const SHOWN_MS = 6_000;

/** Shows short messages at the bottom of the window, and announces them to screen readers. */
export function Announcer({ children }: { readonly children: ReactNode }) {
  const [message, setMessage] = useState('');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const announce = useCallback((text: string) => {
    clearTimeout(timer.current);
    setMessage(text);
    timer.current = setTimeout(() => setMessage(''), SHOWN_MS);
  }, []);
  return (
    <AnnouncerContext value={announce}>
      {children}
      <div className="announcement" role="status">
        {message && <p>{message}</p>}
      </div>
    </AnnouncerContext>
  );
}
