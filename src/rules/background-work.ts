import type { Logger } from '../telemetry/logger.js';

/** Work that no answer waits for. A failure is logged; the end of the process waits for all of it. */
export interface BackgroundWork {
  start(work: Promise<unknown>): void;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

/** Nothing under way yet. */
export function createBackgroundWork(logger: Logger): BackgroundWork {
  const underWay = new Set<Promise<unknown>>();
  return {
    start: (work) => {
      const watched = work
        .catch((error: unknown) => logger.error({ err: error }, 'work in the background failed'))
        .finally(() => underWay.delete(watched));
      underWay.add(watched);
    },
    settled: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
