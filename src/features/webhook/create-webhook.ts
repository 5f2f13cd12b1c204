import { formatWebhookSecret } from '../../crypto/webhook-signature.js';
import { newId } from '../../database/connection/id.js';
import type { Tables } from '../../database/read/select.js';
import { refuse, refuseAll } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import { webhookColumns, type WebhookRow } from './find-webhooks.js';
import { notifyRoots } from './notify-roots.js';
import { insertWebhookSecret } from './stored-webhook-secret.js';
import { recordWebhookEvent, type ManagementContext, type WebhookManager } from './record-webhook-event.js';
import { canonicalSettings, findSettingErrors, type WebhookSettings } from './webhook-settings.js';

/** Maximum number of webhooks, which the message names. */
const MAXIMUM_WEBHOOKS = 20;

/** A webhook and its new secret, which can't be shown again. */
export interface SecretWebhook {
  readonly secret: string;
  readonly webhook: WebhookRow;
}

/** Creates a webhook and tells every ROOT by email. The limit holds under concurrent requests. */
export async function createWebhook(
  context: ManagementContext,
  manager: WebhookManager,
  submitted: WebhookSettings,
): Promise<SecretWebhook> {
  const { url = '', description = '', eventTypes = [] } = canonicalSettings(submitted);
  refuseAll(await findSettingErrors(context, { url, description }));
  return transaction(
    context,
    manager,
    async (context) => {
      await refuseOverLimit(context);
      const id = newId(context.now);
      const webhook = await context.em
        .getKysely<Tables>()
        .insertInto('webhooks')
        .values({
          id,
          url,
          description,
          event_types: [...eventTypes],
          status: 'ACTIVE',
          created_at: context.now,
          failing_since: null,
        })
        .returning(webhookColumns)
        .executeTakeFirstOrThrow();
      const secret = formatWebhookSecret(await insertWebhookSecret(context, id));
      await recordWebhookEvent(context, manager, { type: 'WEBHOOK_CREATED', id });
      await notifyRoots(context, { type: 'WEBHOOK_CREATED', webhookId: id });
      return { secret, webhook };
    },
    everyRoot,
  );
}

/** Locks every ROOT, so that two of them don't create the last webhook that is allowed. */
const everyRoot = { ids: [], roots: true };

async function refuseOverLimit({ em }: ManagementContext): Promise<void> {
  const { count } = await em
    .getKysely<Tables>()
    .selectFrom('webhooks')
    .select(({ fn }) => fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  if (Number(count) >= MAXIMUM_WEBHOOKS) refuse('WEBHOOK_LIMIT');
}
