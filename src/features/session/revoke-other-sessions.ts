import type { RuleContext } from '../../rules/context.js';
import { transaction } from '../../rules/transaction.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { revokeSessions } from './revoke-sessions.js';

/**
 * Revokes all sessions of the viewer except the current one.
 *
 * @returns the number of revoked sessions
 */
export const revokeOtherSessions = (context: RuleContext, viewer: SessionViewer): Promise<number> =>
  transaction(context, viewer, (context) =>
    revokeSessions(context, viewer.accountId, (sessions) => sessions('id', '!=', viewer.sessionId)),
  );
