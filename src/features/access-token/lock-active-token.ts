import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';

/**
 * Locks an active access token of an account, in the transaction of its change. One that is unknown, expired, revoked
 * or another user's is refused with NOT_FOUND.
 */
export async function lockActiveToken({ em, now }: Pick<RuleContext, 'em' | 'now'>, accountId: string, id: string) {
  const token = await em
    .getKysely<Tables>()
    .selectFrom('access_tokens')
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .select([
      'token_hash as tokenHash',
      'allowed_ips as allowedIps',
      'lifetime_seconds as lifetimeSeconds',
      'expires_at as expiresAt',
    ])
    .forNoKeyUpdate()
    .executeTakeFirst();
  return token ?? refuse('NOT_FOUND', 'id');
}
