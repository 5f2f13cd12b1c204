import { sql } from 'kysely';
import type { Tables } from '../../database/read/select.js';
import { invalidValue, refuse, refuseWithError } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import { deliveryColumns, findWebhookDelivery, type WebhookDeliveryRow } from './find-webhook-deliveries.js';
import { notActive } from './test-webhook.js';
import type { RuleContext } from '../../rules/context.js';
import type { SessionViewer } from '../../rules/viewer.js';

/**
 * Tries a delivery again now, whatever became of it: with the same `webhook-id`, so that its receiver can tell, and a
 * new timestamp. The deliveries of a deleted webhook are refused with NOT_FOUND.
 */
export async function redeliverWebhook(
  context: Pick<RuleContext, 'em' | 'reader' | 'now'>,
  viewer: SessionViewer,
  id: string | null,
): Promise<WebhookDeliveryRow> {
  if (id === null || !(await findWebhookDelivery(context.reader, id))) refuse('NOT_FOUND', 'deliveryId');
  const delivery = await transaction(context, viewer, ({ em, now }) =>
    em
      .getKysely<Tables>()
      .updateTable('webhook_deliveries')
      .from('webhooks')
      .set({ status: 'PENDING', next_attempt_at: sql<Date>`least(${now}::timestamptz, clock_timestamp())` })
      .where('webhook_deliveries.id', '=', id)
      .whereRef('webhooks.id', '=', 'webhook_deliveries.webhook_id')
      .where('webhooks.status', '=', 'ACTIVE')
      .returning(deliveryColumns)
      .executeTakeFirst(),
  );
  return delivery ?? refuseWithError(invalidValue(notActive, 'deliveryId'));
}
