import { url as debuggerUrl } from 'node:inspector';
import { Worker } from 'node:worker_threads';
import { seconds } from '../duration.js';
import type { Logger } from '../telemetry/logger.js';

/** How often the event loop shows that it turns. */
const BEAT_INTERVAL_MS = seconds(0.5);

/** The memory of the thread, which only counts. */
const resourceLimits = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 };

/**
 * Ends the process when its event loop has stood still for 30 seconds. Then no signal is handled and nothing is
 * answered, and only a restart helps. A debugger may stop it for as long as it likes.
 *
 * @returns a function that stops the watch
 */
export function startWatchdog(logger: Logger): () => void {
  if (debuggerUrl() !== undefined) return () => undefined;
  const beats = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const thread = new Worker(new URL('watchdog-thread.js', import.meta.url), { workerData: beats, resourceLimits });
  thread.unref();
  thread.on('error', (err) => logger.error({ err }, 'the watch over the event loop has ended'));
  const timer = setInterval(() => Atomics.add(beats, 0, 1), BEAT_INTERVAL_MS).unref();
  return () => {
    clearInterval(timer);
    void thread.terminate();
  };
}
