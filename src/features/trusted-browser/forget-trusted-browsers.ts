import { sql } from 'kysely';
import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { transaction } from '../../rules/transaction.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { recordEvent } from '../security-event/record-event.js';
import { protectConfirmedSessions } from '../session/protect-confirmed-sessions.js';
import { revokeSessions, type SessionSelection } from '../session/revoke-sessions.js';

/** A forgotten browser. */
export interface ForgottenBrowser {
  readonly id: string;
  readonly tokenHash: string;
}

/**
 * Forgets trusted browsers of the viewer, and revokes the sessions that they opened, except the current one.
 * Unknown IDs and those of other accounts are ignored.
 *
 * @param ids null for all of them
 * @throws {StepUpRequiredError} if the viewer's step-up window is closed, and that of such a session is open
 */
export async function forgetTrustedBrowsers(
  context: RuleContext,
  viewer: SessionViewer,
  ids: readonly string[] | null,
): Promise<readonly ForgottenBrowser[]> {
  const { accountId, sessionId } = viewer;
  return transaction(context, viewer, async (context) => {
    const forgotten = await deleteTrust(context, accountId, ids);
    const forgottenIds = forgotten.map(({ id }) => id);
    const opened: SessionSelection = (sessions) =>
      sessions.and([
        sessions('id', '!=', sessionId),
        // Trust that expired or made way no longer has a row, but its sessions are there.
        ids === null
          ? sessions('trusted_browser_id', 'is not', null)
          : sessions('trusted_browser_id', '=', sql<string>`any(${sessions.val(forgottenIds)}::uuid[])`),
      ]);
    await protectConfirmedSessions(context, viewer, opened);
    const ended = await revokeSessions(context, accountId, opened);
    if (forgotten.length + ended > 0) await recordEvent(context, { type: 'BROWSERS_FORGOTTEN', accountId, sessionId });
    return forgotten;
  });
}

const deleteTrust = (
  { em }: RuleContext,
  accountId: string,
  ids: readonly string[] | null,
): Promise<ForgottenBrowser[]> =>
  em
    .getKysely<Tables>()
    .deleteFrom('trusted_browsers')
    .where('account_id', '=', accountId)
    .$if(ids !== null, (query) => query.where(({ eb, val }) => eb('id', '=', sql<string>`any(${val(ids)}::uuid[])`)))
    .returning(['id', 'token_hash as tokenHash'])
    .execute();
