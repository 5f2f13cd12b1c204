import { seconds } from '../../duration.js';

/** How often to look whether a worker may work. */
const CHECK_INTERVAL_MS = seconds(1);

/**
 * Starts a worker as soon as it may work, and pauses it while it may not.
 *
 * @returns a function that stops looking
 */
export async function keepWorking(
  mayWork: () => boolean,
  start: () => Promise<unknown>,
  pause: () => Promise<unknown>,
): Promise<() => void> {
  let isWorking = false;
  const adjust = async () => {
    if (mayWork() === isWorking) return;
    isWorking = !isWorking;
    await (isWorking ? start() : pause()).catch((error: unknown) => {
      isWorking = !isWorking;
      throw error;
    });
  };
  await adjust();
  // A failure is repeated with the next look.
  const timer = setInterval(() => void adjust().catch(() => undefined), CHECK_INTERVAL_MS).unref();
  return () => clearInterval(timer);
}
