import { hours } from '../../duration.js';
import { sql } from 'kysely';
import { hashToken, isToken } from '../../crypto/token.js';
import { select, type Tables } from '../../database/read/select.js';
import type { Sweep } from '../../database/sweep/sweep.js';
import { verifiedAccount } from '../../rules/authority.js';
import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import { restoreAccount } from '../account/account-deletion.js';
import { revokeAllAccessTokens } from '../access-token/revoke-access-tokens.js';
import { removeApiToken } from '../api-token/remove-api-token.js';
import { removeLaterFactors } from '../passkey/remove-later-factors.js';
import { issuePasswordReset, RESET_LIFETIME_MS } from '../recovery/issue-password-reset.js';
import { recordEvent } from '../security-event/record-event.js';

const refuseToken = (): never => refuse('INVALID_TOKEN', 'token');

const statuses = ['ACTIVE', 'DISABLED', 'DELETED'] as const;

/** How long a change can be undone from the previous address, which stays reserved. */
export const CHANGE_REVERTIBLE_MS = hours(72);

/**
 * Undoes a change of the bound address with the link sent to the previous one. Revokes sessions, API token and
 * password, and removes second factors that were added since, because an intruder may have made the change (D-9). Later
 * changes are undone and lose their links; earlier links keep working. A deletion that was asked for since is canceled
 * (R-137).
 *
 * @returns the token for resetPassword
 */
export async function revertEmailChange(context: RuleContext, token: string): Promise<string> {
  const accountId = (await findAccountId(context, token)) ?? refuseToken();
  // The link stays valid whatever changes, because it is how the owner regains access. A deletion is looked at below.
  const authority = verifiedAccount({ id: accountId, authVersion: null }, refuseToken, statuses);
  return transaction(context, authority, async (context) => {
    const change = (await consumeChange(context, token)) ?? refuseToken();
    const isRestored = await restoreAccount(context, accountId, change.createdAt);
    const { numUpdatedRows } = await context.em
      .getKysely<Tables>()
      .updateTable('accounts')
      .set({
        email: change.email,
        email_key: change.emailKey,
        password_hash: null,
        password_note_ciphertext: null,
        auth_version: sql<number>`auth_version + 1`,
      })
      .where('id', '=', accountId)
      .where('status', '!=', 'DELETED')
      .executeTakeFirst();
    // An administrator deleted the account; only one restores it.
    if (numUpdatedRows !== 1n) refuseToken();
    await removeApiToken(context, accountId);
    await revokeAllAccessTokens(context, accountId);
    await removeLaterFactors(context, accountId, change.createdAt);
    if (isRestored) await recordEvent(context, { type: 'DELETION_CANCELED', accountId, actorId: null });
    await recordEvent(context, { type: 'EMAIL_CHANGE_REVERTED', accountId, actorId: null });
    return issuePasswordReset(context, { accountId, emailKey: null, lifetimeMs: RESET_LIFETIME_MS });
  });
}

const accountForChange = select('account_of_email_change', (db, { tokenHash, now }: { tokenHash: string; now: Date }) =>
  db
    .selectFrom('email_changes')
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', now)
    .select('account_id as accountId'),
);

async function findAccountId({ reader, now }: RuleContext, token: string): Promise<string | null> {
  if (!isToken('emailChange', token)) return null;
  const [change] = await accountForChange(reader, { tokenHash: hashToken(token), now });
  return change?.accountId ?? null;
}

/** Consumes the change of a valid link and all later ones in one statement, so that a link works once. */
async function consumeChange({ em, now }: RuleContext, token: string) {
  const consumed = await em
    .getKysely<Tables>()
    .deleteFrom('email_changes')
    .using('email_changes as change')
    .where('change.token_hash', '=', hashToken(token))
    .where('change.expires_at', '>', now)
    .whereRef('email_changes.account_id', '=', 'change.account_id')
    .whereRef('email_changes.id', '>=', 'change.id')
    .returning([
      'email_changes.former_email as email',
      'email_changes.former_email_key as emailKey',
      'email_changes.id',
      'email_changes.created_at as createdAt',
    ])
    .execute();
  // The link belongs to the earliest of the deleted changes.
  return consumed.sort((a, b) => (a.id < b.id ? -1 : 1))[0] ?? null;
}

/** Deletes expired changes; the previous address becomes available again. */
export const expiredEmailChanges: Sweep = {
  name: 'emailChanges',
  table: 'email_changes',
  key: 'id',
  expiry: 'expires_at',
};
