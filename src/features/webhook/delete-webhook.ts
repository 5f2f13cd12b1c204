import type { Tables } from '../../database/read/select.js';
import { refuse } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import { recordWebhookEvent, type ManagementContext, type WebhookManager } from './record-webhook-event.js';

/** Deletes a webhook. Nothing else is sent to it, and its deliveries can't be read. */
export async function deleteWebhook(
  context: ManagementContext,
  manager: WebhookManager,
  id: string | null,
): Promise<string> {
  if (id === null) refuse('NOT_FOUND', 'id');
  return transaction(context, manager, async (context) => {
    const { numDeletedRows } = await context.em
      .getKysely<Tables>()
      .deleteFrom('webhooks')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    if (numDeletedRows === 0n) refuse('NOT_FOUND', 'id');
    await recordWebhookEvent(context, manager, { type: 'WEBHOOK_DELETED', id });
    return id;
  });
}
