/**
 * Looks for work at an interval, never twice at the same time. It does not keep the process running.
 *
 * @param look must not reject
 * @param intervalMs from one look to the next (in ms); a look that takes longer delays it
 * @returns a function that stops, and waits for a look in progress
 */
export function startPolling(look: () => Promise<void>, intervalMs: number): () => Promise<void> {
  let looking: Promise<void> | null = null;
  const timer = setInterval(() => {
    looking ??= look().finally(() => (looking = null));
  }, intervalMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await looking;
  };
}
