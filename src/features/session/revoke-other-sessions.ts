import type { RuleContext } from '../../rules/context.js';
import { transaction } from '../../rules/transaction.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { protectConfirmedSessions } from './protect-confirmed-sessions.js';
import { revokeSessions, type SessionSelection } from './revoke-sessions.js';

/**
 * Revokes all sessions of the viewer except the current one.
 *
 * @returns the number of revoked sessions
 * @throws {StepUpRequiredError} if the viewer's step-up window is closed, and that of another session is open
 */
export function revokeOtherSessions(context: RuleContext, viewer: SessionViewer): Promise<number> {
  const others: SessionSelection = (sessions) => sessions('id', '!=', viewer.sessionId);
  return transaction(context, viewer, async (context) => {
    await protectConfirmedSessions(context, viewer, others);
    return revokeSessions(context, viewer.accountId, others);
  });
}
