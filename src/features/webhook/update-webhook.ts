import type { Tables } from '../../database/read/select.js';
import { refuse, refuseAll } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import { endPendingDeliveries } from './end-pending-deliveries.js';
import { webhookColumns, type WebhookRow } from './find-webhooks.js';
import { lockWebhook } from './lock-webhook.js';
import { notifyRoots } from './notify-roots.js';
import { recordWebhookEvent, type ManagementContext, type WebhookManager } from './record-webhook-event.js';
import { canonicalSettings, findSettingErrors, type SomeSettings } from './webhook-settings.js';

/** What changes of a webhook; absent fields stay. */
export interface WebhookChange extends SomeSettings {
  readonly id: string | null;
  /** ACTIVE also starts a failing webhook again. */
  readonly status?: 'ACTIVE' | 'DISABLED' | undefined;
}

/** Changes the given fields of a webhook. Every ROOT gets an email about another URL. */
export async function updateWebhook(
  context: ManagementContext,
  manager: WebhookManager,
  { id, status, ...submitted }: WebhookChange,
): Promise<WebhookRow> {
  if (id === null) refuse('NOT_FOUND', 'id');
  const { url, description, eventTypes } = canonicalSettings(submitted);
  refuseAll(await findSettingErrors(context, { url, description }));
  return transaction(context, manager, async (context) => {
    const before = await lockWebhook(context, id);
    // The ID is always set, so an update without changes still finds the webhook.
    const webhook = await context.em
      .getKysely<Tables>()
      .updateTable('webhooks')
      .set({
        id,
        url,
        description,
        event_types: eventTypes && [...eventTypes],
        status,
        ...(status === undefined ? {} : { failing_since: null }),
      })
      .where('id', '=', id)
      .returning(webhookColumns)
      .executeTakeFirstOrThrow();
    if (status === 'DISABLED') await endPendingDeliveries(context.em);
    await recordWebhookEvent(context, manager, { type: 'WEBHOOK_UPDATED', id });
    if (webhook.url !== before.url) await notifyRoots(context, { type: 'WEBHOOK_UPDATED', webhookId: id });
    return webhook;
  });
}
