import type { Logger } from '../telemetry/logger.js';

/** Work that no response waits for. Failures are logged, and the process waits for all work before it stops. */
export interface BackgroundWork {
  start(work: Promise<unknown>): void;
  /** Resolves when no work is in progress. */
  whenIdle(): Promise<void>;
}

/** Creates the list of background work of one process. */
export function createBackgroundWork(logger: Logger): BackgroundWork {
  const pending = new Set<Promise<unknown>>();
  return {
    start: (work) => {
      const task = work
        .catch((error: unknown) => logger.error({ err: error }, 'background work failed'))
        .finally(() => pending.delete(task));
      pending.add(task);
    },
    whenIdle: async () => {
      while (pending.size > 0) await Promise.all(pending);
    },
  };
}
