import { sql } from 'kysely';
import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import { adminScopes } from '../../rules/token-scope.js';
import { transaction, type WithUnitOfWork } from '../../rules/transaction.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { recordAccessTokenEvent } from './access-token-event.js';

/**
 * Revokes access tokens of the viewer. IDs that are unknown, revoked or another user's are ignored; refuses if
 * no other ID was given.
 *
 * @returns the IDs of the revoked tokens
 */
export async function revokeAccessTokens(
  context: RuleContext,
  owner: SessionViewer,
  ids: readonly string[],
): Promise<string[]> {
  return transaction(context, owner, async (context) => {
    const revoked = await revoke(context, owner.accountId)
      .where(({ eb, val }) => eb('id', '=', sql<string>`any(${val(ids)}::uuid[])`))
      .execute();
    if (revoked.length === 0) refuse('NOT_FOUND', 'ids');
    for (const { hint } of revoked)
      await recordAccessTokenEvent(context, owner, { type: 'ACCESS_TOKENS_REVOKED', detail: hint });
    return revoked.map(({ id }) => id);
  });
}

/**
 * Revokes all access tokens of an account, in the transaction of a recovery or reset, whose event tells it (D-9).
 *
 * @returns their number
 */
export const revokeAllAccessTokens = async (
  context: WithUnitOfWork & Pick<RuleContext, 'now'>,
  accountId: string,
): Promise<number> => (await revoke(context, accountId).execute()).length;

/** Revokes the tokens whose scopes a new role doesn't have, in the transaction of the change of the role. */
export const revokeAdminTokens = async (
  context: WithUnitOfWork & Pick<RuleContext, 'now'>,
  accountId: string,
): Promise<void> =>
  void (await revoke(context, accountId)
    .where(({ val }) => sql<boolean>`scopes && ${val([...adminScopes])}::text[]`)
    .execute());

/** Revokes active tokens of an account, which the caller selects. */
export const revoke = ({ em, now }: WithUnitOfWork & Pick<RuleContext, 'now'>, accountId: string) =>
  em
    .getKysely<Tables>()
    .updateTable('access_tokens')
    .set({ revoked_at: now, old_token_hash: null, old_token_valid_until: null })
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .returning(['id', 'hint']);
