import type { Tables } from '../../database/read/select.js';
import { invalidValue, refuse, refuseAll } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import type { UserErrorMessage } from '../../rules/user-error-messages.js';
import { deliveryColumns, type WebhookDeliveryRow } from './find-webhook-deliveries.js';
import { lockWebhook } from './lock-webhook.js';
import { recordWebhookEvent, type ManagementContext, type WebhookManager } from './record-webhook-event.js';

/** Nothing is sent to a webhook that is off. */
export const notActive: UserErrorMessage = {
  EN: 'This webhook is off. Turn it on to send events to it.',
  ZH: '该 Webhook 已停用，请先启用。',
};

/** Sends a WEBHOOK_TESTED event to this webhook alone, whatever types it receives. */
export async function testWebhook(
  context: ManagementContext,
  manager: WebhookManager,
  id: string | null,
): Promise<WebhookDeliveryRow> {
  if (id === null) refuse('NOT_FOUND', 'id');
  return transaction(context, manager, async (context) => {
    const { status } = await lockWebhook(context, id);
    refuseAll(status === 'ACTIVE' ? [] : [invalidValue(notActive, 'id')]);
    await recordWebhookEvent(context, manager, { type: 'WEBHOOK_TESTED', id, isTest: true });
    // The lock lets no other test in, so the newest one is this.
    return context.em
      .getKysely<Tables>()
      .selectFrom('webhook_deliveries')
      .where('webhook_id', '=', id)
      .where('event_type', '=', 'WEBHOOK_TESTED')
      .orderBy('id', 'desc')
      .limit(1)
      .select(deliveryColumns)
      .executeTakeFirstOrThrow();
  });
}
