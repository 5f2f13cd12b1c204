import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { revokeSessions } from './revoke-sessions.js';

/** Revokes a session of the viewer. Another user's session is refused like an unknown one. */
export async function revokeSession(
  context: RuleContext,
  viewer: SessionViewer,
  sessionId: string | null,
): Promise<void> {
  if (sessionId === null) refuse('NOT_FOUND', 'sessionId');
  const revokedCount = await transaction(context, viewer, (context) =>
    revokeSessions(context, viewer.accountId, (sessions) => sessions('id', '=', sessionId)),
  );
  if (revokedCount === 0) refuse('NOT_FOUND', 'sessionId');
}
