import { useEffect, useState } from 'react';

const secondsUntil = (moment: number | null) =>
  moment === null ? 0 : Math.max(0, Math.ceil((moment - Date.now()) / 1_000));

/** Whole seconds until a moment (in ms since 1970), counting down to 0; 0 where there is none. */
export function useSecondsUntil(moment: number | null): number {
  const [counted, setCounted] = useState(() => ({ moment, seconds: secondsUntil(moment) }));
  if (counted.moment !== moment) setCounted({ moment, seconds: secondsUntil(moment) });
  useEffect(() => {
    if (moment === null) return;
    const timer = setInterval(() => {
      setCounted({ moment, seconds: secondsUntil(moment) });
      if (secondsUntil(moment) === 0) clearInterval(timer);
    }, 500);
    return () => clearInterval(timer);
  }, [moment]);
  return counted.seconds;
}
