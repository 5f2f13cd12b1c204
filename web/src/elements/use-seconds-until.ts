import { useEffect, useState } from 'react';

const secondsUntil = (time: number | null) => (time === null ? 0 : Math.max(0, Math.ceil((time - Date.now()) / 1_000)));

/** Counts down the seconds until a time (in milliseconds since 1970). 0 if the time is null. */
export function useSecondsUntil(time: number | null): number {
  const [countdown, setCountdown] = useState(() => ({ time, seconds: secondsUntil(time) }));
  if (countdown.time !== time) setCountdown({ time, seconds: secondsUntil(time) });
  useEffect(() => {
    if (time === null) return;
    const timer = setInterval(() => {
      setCountdown({ time, seconds: secondsUntil(time) });
      if (secondsUntil(time) === 0) clearInterval(timer);
    }, 500);
    return () => clearInterval(timer);
  }, [time]);
  return countdown.seconds;
}
