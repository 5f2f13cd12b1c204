import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { revokeSessions } from '../session/revoke-sessions.js';
import type { Account } from '../account/account.entity.js';

/**
 * Uses a trusted browser instead of a second factor, in the transaction that creates the session.
 *
 * @returns false if the trust ended since it was found
 */
export async function useTrustedBrowser(
  { em, now }: Pick<RuleContext, 'em' | 'now'>,
  { id: accountId, authVersion }: Pick<Account, 'id' | 'authVersion'>,
  trustedBrowserId: string,
): Promise<boolean> {
  const { numUpdatedRows } = await em
    .getKysely<Tables>()
    .updateTable('trusted_browsers')
    .set({ last_used_at: now })
    .where('id', '=', trustedBrowserId)
    .where('account_id', '=', accountId)
    .where('auth_version', '=', authVersion)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/**
 * Ends all trust of an account and the sessions that it opened, in the transaction of a change that doesn't raise
 * `authVersion`, such as that of its email address. Other changes end both by raising that.
 *
 * @param sessionId the session of the change, which stays; null if none does
 */
export async function endTrust(context: RuleContext, accountId: string, sessionId: string | null): Promise<void> {
  await context.em.getKysely<Tables>().deleteFrom('trusted_browsers').where('account_id', '=', accountId).execute();
  await revokeSessions(context, accountId, (sessions) =>
    sessions.and([
      sessions('trusted_browser_id', 'is not', null),
      ...(sessionId === null ? [] : [sessions('id', '!=', sessionId)]),
    ]),
  );
}
