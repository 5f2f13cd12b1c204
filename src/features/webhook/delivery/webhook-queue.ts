import type { Logger } from '../../../telemetry/logger.js';
import type { ClaimedDelivery } from './claim-deliveries.js';

/** How many requests of one webhook a process sends at the same time. A slow receiver delays its own events alone. */
const CONCURRENT_REQUESTS = 5;

/** The requests of one webhook in this process. */
export interface WebhookQueue {
  /** Claims and attempts as many deliveries as there are free places. Each one that ends makes room for the next. */
  fill(): Promise<void>;
  /** Resolves when no request is in progress. */
  whenIdle(): Promise<void>;
}

/**
 * Creates the queue of one webhook.
 *
 * @param claim claims at most this many deliveries
 * @param attempt attempts one and stores its result
 */
export function createWebhookQueue(
  claim: (atMost: number) => Promise<readonly ClaimedDelivery[]>,
  attempt: (delivery: ClaimedDelivery) => Promise<void>,
  logger: Logger,
): WebhookQueue {
  const running = new Set<Promise<void>>();
  let isClaiming = false;

  const start = (delivery: ClaimedDelivery) => {
    const task = attempt(delivery)
      .catch((err: unknown) => logger.error({ err }, 'a webhook delivery was not stored'))
      .finally(() => running.delete(task))
      .then(fill)
      .catch((err: unknown) => logger.error({ err }, 'webhook deliveries were not claimed'));
    running.add(task);
  };

  const fill = async (): Promise<void> => {
    if (isClaiming || running.size >= CONCURRENT_REQUESTS) return;
    isClaiming = true;
    try {
      (await claim(CONCURRENT_REQUESTS - running.size)).forEach(start);
    } finally {
      isClaiming = false;
    }
  };

  return {
    fill,
    whenIdle: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
