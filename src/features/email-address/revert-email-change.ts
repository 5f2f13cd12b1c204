import { sql } from 'kysely';
import { removeApiToken } from '../api-token/remove-api-token.js';
import { hashToken, isToken } from '../../crypto/token.js';
import type { EntityManager } from '../../database/connection/database.js';
import type { Tables } from '../../database/read/select.js';
import { issuePasswordReset, RESET_LIFETIME_MS } from '../recovery/issue-password-reset.js';
import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';
import { refuse } from '../../rules/refuse.js';

/**
 * Undoes a change of the bound address, for who has the link that the former address got. Somebody else may be
 * in the account: every session and token ends, the password with them, since somebody else knows it, and who has the
 * former mailbox gets the way to a new one. Changes that came later are undone with this one and their links die; an
 * earlier link still works and goes further back.
 *
 * @returns the token with which resetPassword sets the new password
 */
export function revertEmailChange(context: RuleContext, token: string): Promise<string> {
  return context.em.transactional(async (em) => {
    const change = isToken('emailChange', token) ? await useChange(em, context.now, token) : null;
    if (!change) refuse('INVALID_TOKEN', 'token');
    const { accountId, email, emailKey } = change;
    const account = await em
      .getKysely<Tables>()
      .updateTable('accounts')
      .set({
        email,
        email_key: emailKey,
        password_hash: null,
        password_note_ciphertext: null,
        auth_version: sql<number>`auth_version + 1`,
      })
      .where('id', '=', accountId)
      .where('status', '!=', 'DELETED')
      .returning('auth_version as authVersion')
      .executeTakeFirst();
    if (!account) refuse('INVALID_TOKEN', 'token');
    await removeApiToken(em, accountId);
    await recordEvent(em, context, { type: 'EMAIL_CHANGE_REVERTED', accountId, actorId: null });
    return issuePasswordReset(em, context.now, {
      accountId,
      authVersion: account.authVersion,
      emailKey: null,
      lifetimeMs: RESET_LIFETIME_MS,
    });
  });
}

/** Takes the change of a live link, and those of the account after it: one statement, so that a link works once. */
async function useChange(em: EntityManager, now: Date, token: string) {
  const taken = await em
    .getKysely<Tables>()
    .deleteFrom('email_changes')
    .using('email_changes as change')
    .where('change.token_hash', '=', hashToken(token))
    .where('change.expires_at', '>', now)
    .whereRef('email_changes.account_id', '=', 'change.account_id')
    .whereRef('email_changes.id', '>=', 'change.id')
    .returning([
      'email_changes.account_id as accountId',
      'email_changes.former_email as email',
      'email_changes.former_email_key as emailKey',
      'email_changes.id',
    ])
    .execute();
  // The one of the link is the earliest of those that it takes.
  return taken.sort((one, other) => (one.id < other.id ? -1 : 1))[0] ?? null;
}
