import { seconds } from '../../../duration.js';
import { fork, type Database } from '../../../database/connection/database.js';
import { startPolling } from '../../../database/queue/start-polling.js';
import { newId } from '../../../database/connection/id.js';
import type { RuleContext } from '../../../rules/context.js';
import { toGlobalId } from '../../../rules/global-id.js';
import type { Logger } from '../../../telemetry/logger.js';
import { endPendingDeliveries } from '../end-pending-deliveries.js';
import { REQUEST_TIMEOUT_MS } from '../webhook-target.js';
import { attemptDelivery } from './attempt-delivery.js';
import { claimDeliveries, findWaitingWork, type ClaimedDelivery } from './claim-deliveries.js';
import { createWebhookQueue, type WebhookQueue } from './webhook-queue.js';
import { isSuccess, settleDelivery } from './settle-delivery.js';

/** How often a process looks for deliveries that are due. */
const POLLING_INTERVAL_MS = seconds(1);

/** How long a stop waits for requests. Others attempt what is not finished. */
const STOP_TIMEOUT_MS = seconds(3);

interface WorkerDependencies extends Pick<RuleContext, 'keys' | 'config' | 'mail' | 'resolveName'> {
  readonly database: Database;
  readonly logger: Logger;
  readonly databaseClock: () => Date;
}

/** Sends events to webhooks. */
export interface WebhookWorker {
  /** Finishes the requests in progress, for a few seconds, and sends no more. */
  close(): Promise<void>;
}

/**
 * Starts to send events. Several processes share the work: a claim is one statement with a lease.
 *
 * @param dependencies are read for each attempt
 * @param mayWork while it returns false, this process sends nothing
 */
export function startWebhookWorker(dependencies: WorkerDependencies, mayWork: () => boolean): WebhookWorker {
  const { database, logger, databaseClock: clock } = dependencies;
  const stopped = new AbortController();
  const queues = new Map<string, WebhookQueue>();
  let isRunning = true;

  const attempt = async (delivery: ClaimedDelivery): Promise<void> => {
    const context = contextOf(dependencies);
    const signal = AbortSignal.any([stopped.signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]);
    const result = await attemptDelivery(context, delivery, signal);
    // The lease of an attempt that the stop cut off ends soon.
    if (stopped.signal.aborted && result.status === null) return;
    if (!isSuccess(result)) logger.warn({ ...factsOf(delivery), ...result }, 'webhook delivery failed');
    await settleDelivery({ ...context, now: clock() }, delivery, result);
  };

  const queueOf = (webhookId: string): WebhookQueue => {
    const claim = (atMost: number) =>
      isRunning ? claimDeliveries({ em: fork(database), now: clock() }, webhookId, atMost) : Promise.resolve([]);
    const queue = queues.get(webhookId) ?? createWebhookQueue(claim, attempt, logger);
    queues.set(webhookId, queue);
    return queue;
  };

  const round = async (): Promise<void> => {
    if (!mayWork()) return;
    const { due, hasEnded } = await findWaitingWork(database.reader, clock());
    if (hasEnded) await endPendingDeliveries(fork(database));
    await Promise.all(due.map((webhookId) => queueOf(webhookId).fill()));
  };

  let hasFailed = false;
  const look = async (): Promise<void> => {
    try {
      await round();
      hasFailed = false;
    } catch (err) {
      // Once, not every second while the database is away.
      if (!hasFailed) logger.warn({ err }, 'webhook deliveries could not be read, will be retried');
      hasFailed = true;
    }
  };

  const stopLooking = startPolling(look, POLLING_INTERVAL_MS);
  return {
    close: async () => {
      isRunning = false;
      const cutOff = setTimeout(() => stopped.abort(), STOP_TIMEOUT_MS);
      await stopLooking();
      await Promise.all([...queues.values()].map((queue) => queue.whenIdle()));
      clearTimeout(cutOff);
    },
  };
}

/** The context of one attempt. No request caused it. */
function contextOf({ database, databaseClock, keys, config, mail, resolveName }: WorkerDependencies) {
  const now = databaseClock();
  const caller = { ip: null, userAgent: null, requestId: newId(now) };
  return { em: fork(database), reader: database.reader, now, keys, config, mail, resolveName, caller };
}

const factsOf = ({ id, webhookId, attempts }: ClaimedDelivery) => ({
  webhook: toGlobalId('Webhook', webhookId),
  delivery: toGlobalId('WebhookDelivery', id),
  attempts,
});
