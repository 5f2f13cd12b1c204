import closeWithGrace from 'close-with-grace';
import { seconds } from '../duration.js';
import type { Logger } from '../telemetry/logger.js';
import type { Started } from './start-up.js';

/** How long a stop may take before the process exits anyway. */
const STOP_TIMEOUT_MS = seconds(15);

/** A signal that comes sooner after the first one is the same one: npm and a terminal both send Ctrl+C's. */
const SAME_SIGNAL_MS = seconds(1);

/**
 * Stops the process in order on SIGTERM and SIGINT, and when an error was not caught. A second signal cuts off what is
 * still running, and the database is still closed.
 */
export function stopOnSignals(started: Started, logger: Logger): void {
  let stopping: { readonly since: number } | null = null;
  const { close } = closeWithGrace(
    {
      delay: STOP_TIMEOUT_MS,
      logger: false,
      // The library would exit immediately on the second of these signals, without closing the database.
      skip: ['SIGTERM', 'SIGINT'],
      onTimeout: () => logger.fatal(`not stopped within ${STOP_TIMEOUT_MS / 1_000} seconds, exiting anyway`),
    },
    async ({ signal, err }) => {
      if (err) logger.fatal({ err }, 'unexpected error, stopping');
      else if (signal) logger.info(`${signal} received: stopping`);
      await started.stop().catch((error: unknown) => {
        logger.error({ err: error }, 'the stop was not complete');
        throw error;
      });
      logger.info('stopped');
    },
  );
  const onSignal = (signal: NodeJS.Signals) => {
    if (stopping === null) {
      stopping = { since: performance.now() };
      logger.info(`${signal} received: finishing requests in progress, then stopping`);
      void close();
    } else if (performance.now() - stopping.since >= SAME_SIGNAL_MS) {
      logger.warn(`${signal} received again: not waiting for requests in progress`);
      started.app.cutOffRequests();
    }
  };
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
}
