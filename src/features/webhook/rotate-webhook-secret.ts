import { hours } from '../../duration.js';
import { formatWebhookSecret } from '../../crypto/webhook-signature.js';
import type { Tables } from '../../database/read/select.js';
import { validateGraceHours } from '../../rules/grace-period.js';
import { refuse, refuseAll } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import type { SecretWebhook } from './create-webhook.js';
import { webhookColumns } from './find-webhooks.js';
import { lockWebhook } from './lock-webhook.js';
import { insertWebhookSecret } from './stored-webhook-secret.js';
import { recordWebhookEvent, type ManagementContext, type WebhookManager } from './record-webhook-event.js';

/** The input of a rotation. */
export interface SecretRotation {
  readonly id: string | null;
  /** How long the secret before it signs too. */
  readonly graceHours: number;
}

/**
 * Gives a webhook a new secret. The one before it signs too until the grace period ends; one that is already in a grace
 * period ends now, so that there are at most two.
 */
export async function rotateWebhookSecret(
  context: ManagementContext,
  manager: WebhookManager,
  { id, graceHours }: SecretRotation,
): Promise<SecretWebhook> {
  refuseAll(validateGraceHours(graceHours));
  if (id === null) refuse('NOT_FOUND', 'id');
  return transaction(context, manager, async (context) => {
    await lockWebhook(context, id);
    await endSecrets(context, id, graceHours);
    const secret = formatWebhookSecret(await insertWebhookSecret(context, id));
    await recordWebhookEvent(context, manager, { type: 'WEBHOOK_SECRET_ROTATED', id });
    const webhook = await context.em
      .getKysely<Tables>()
      .selectFrom('webhooks')
      .where('id', '=', id)
      .select(webhookColumns)
      .executeTakeFirstOrThrow();
    return { secret, webhook };
  });
}

async function endSecrets({ em, now }: ManagementContext, webhookId: string, graceHours: number): Promise<void> {
  const db = em.getKysely<Tables>();
  const ended = db.deleteFrom('webhook_secrets').where('webhook_id', '=', webhookId);
  await (graceHours > 0 ? ended.where('valid_until', 'is not', null) : ended).execute();
  await db
    .updateTable('webhook_secrets')
    .set({ valid_until: new Date(now.getTime() + hours(graceHours)) })
    .where('webhook_id', '=', webhookId)
    .execute();
}
