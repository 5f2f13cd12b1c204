import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';

/** Locks a webhook in the transaction of its change. An unknown or deleted one is refused with NOT_FOUND. */
export async function lockWebhook({ em }: Pick<RuleContext, 'em'>, id: string) {
  const webhook = await em
    .getKysely<Tables>()
    .selectFrom('webhooks')
    .where('id', '=', id)
    .select(['url', 'status'])
    .forNoKeyUpdate()
    .executeTakeFirst();
  return webhook ?? refuse('NOT_FOUND', 'id');
}
