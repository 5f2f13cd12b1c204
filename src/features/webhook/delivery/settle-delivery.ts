import { days } from '../../../duration.js';
import type { Tables } from '../../../database/read/select.js';
import { noAuthority } from '../../../rules/authority.js';
import { transaction } from '../../../rules/transaction.js';
import { webhookDeliveries } from '../../../telemetry/webhook-metrics.js';
import type { EventContext } from '../../security-event/record-event.js';
import { endPendingDeliveries } from '../end-pending-deliveries.js';
import { notifyRoots } from '../notify-roots.js';
import { recordWebhookEvent } from '../record-webhook-event.js';
import type { AttemptResult } from './attempt-delivery.js';
import type { ClaimedDelivery } from './claim-deliveries.js';
import { findNextAttempt } from './retry-schedule.js';

/** How long a receiver may fail until its webhook is turned off. */
const FAILING_AFTER_MS = days(5);

/** The receiver is gone for good (RFC 9110, section 15.5.11; Standard Webhooks). */
const GONE = 410;

/** Whether an answer means that the message was received. */
export const isSuccess = ({ status }: AttemptResult): boolean => status !== null && status >= 200 && status < 300;

/**
 * Stores the result of an attempt: delivered, to be retried, or given up. A receiver that is gone, or failed for five
 * days, turns its webhook off. The result of an attempt that took longer than its lease changes nothing.
 */
export async function settleDelivery(
  context: EventContext,
  delivery: ClaimedDelivery,
  result: AttemptResult,
): Promise<void> {
  if (isSuccess(result)) return storeSuccess(context, delivery, result.status);
  await storeFailure(context, delivery, result.status);
  const failingBefore = new Date(context.now.getTime() - FAILING_AFTER_MS);
  if (result.status === GONE) await turnOff(context, delivery.webhookId, null);
  else if (delivery.failingSince !== null && delivery.failingSince <= failingBefore)
    await turnOff(context, delivery.webhookId, failingBefore);
}

/** The delivery, unless another process has attempted it since. */
const claimed = ({ em }: EventContext, { id, attempts }: ClaimedDelivery) =>
  em.getKysely<Tables>().updateTable('webhook_deliveries').where('id', '=', id).where('attempts', '=', attempts);

async function storeSuccess(context: EventContext, delivery: ClaimedDelivery, status: number | null): Promise<void> {
  await claimed(context, delivery)
    .set({ status: 'DELIVERED', response_status: status, next_attempt_at: null })
    .execute();
  webhookDeliveries.inc({ outcome: 'DELIVERED' });
  await setFailingSince(context, delivery, null);
}

async function storeFailure(context: EventContext, delivery: ClaimedDelivery, status: number | null): Promise<void> {
  const { now } = context;
  const next = status === GONE ? null : findNextAttempt(delivery.attempts, delivery.at, now);
  await claimed(context, delivery)
    .where('status', '=', 'PENDING')
    .set({ status: next ? 'PENDING' : 'FAILED', response_status: status, next_attempt_at: next })
    .execute();
  webhookDeliveries.inc({ outcome: next ? 'RETRIED' : 'FAILED' });
  await setFailingSince(context, delivery, now);
}

/** Notes the start or the end of failures; most results change neither. */
async function setFailingSince({ em }: EventContext, { webhookId }: ClaimedDelivery, since: Date | null) {
  await em
    .getKysely<Tables>()
    .updateTable('webhooks')
    .set({ failing_since: since })
    .where('id', '=', webhookId)
    .where('failing_since', since === null ? 'is not' : 'is', null)
    .execute();
}

/**
 * Turns a webhook off, records it and notifies every ROOT, once.
 *
 * @param failingBefore only if it has failed since then: it may have been turned on again meanwhile; null for any
 */
async function turnOff(context: EventContext, webhookId: string, failingBefore: Date | null): Promise<void> {
  await transaction(context, noAuthority, async (context) => {
    const { numUpdatedRows } = await context.em
      .getKysely<Tables>()
      .updateTable('webhooks')
      .set({ status: 'FAILING' })
      .where('id', '=', webhookId)
      .where('status', '=', 'ACTIVE')
      .$if(failingBefore !== null, (query) => query.where('failing_since', '<=', failingBefore))
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return;
    await endPendingDeliveries(context.em);
    await recordWebhookEvent(context, noAuthority, { type: 'WEBHOOK_FAILING', id: webhookId });
    await notifyRoots(context, { type: 'WEBHOOK_FAILING', webhookId });
  });
}
