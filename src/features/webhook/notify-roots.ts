import type { Tables } from '../../database/read/select.js';
import type { EventContext } from '../security-event/record-event.js';
import type { WebhookNoticeType } from '../mail/content/webhook-notices.js';

/** Queues an email about a webhook to every ROOT who can sign in. */
export async function notifyRoots(
  { em, mail, now }: EventContext,
  { type, webhookId }: { readonly type: WebhookNoticeType; readonly webhookId: string },
): Promise<void> {
  const roots = await em
    .getKysely<Tables>()
    .selectFrom('accounts')
    .where('role', '=', 'ROOT')
    .where('status', '=', 'ACTIVE')
    .where('email', 'is not', null)
    .orderBy('id')
    .select('id')
    .execute();
  for (const { id } of roots)
    await mail.post(em, { kind: 'WEBHOOK_NOTICE', type, webhookId, accountId: id, at: now.toISOString() });
}
