import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { protectConfirmedSessions } from './protect-confirmed-sessions.js';
import { revokeSessions, type SessionSelection } from './revoke-sessions.js';

/**
 * Revokes a session of the viewer. Another user's session is refused like an unknown one.
 *
 * @throws {StepUpRequiredError} if the viewer's step-up window is closed, and that of the session is open
 */
export async function revokeSession(
  context: RuleContext,
  viewer: SessionViewer,
  sessionId: string | null,
): Promise<void> {
  if (sessionId === null) refuse('NOT_FOUND', 'sessionId');
  const one: SessionSelection = (sessions) => sessions('id', '=', sessionId);
  const revokedCount = await transaction(context, viewer, async (context) => {
    await protectConfirmedSessions(context, viewer, one);
    return revokeSessions(context, viewer.accountId, one);
  });
  if (revokedCount === 0) refuse('NOT_FOUND', 'sessionId');
}
