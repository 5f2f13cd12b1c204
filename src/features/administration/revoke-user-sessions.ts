import { changeAccount } from '../account/change-account.js';
import type { RuleContext } from '../../rules/context.js';
import { revokeSessions } from '../session/revoke-sessions.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { actOnUser, type AdminAction } from './act-on-user.js';

/**
 * Revokes all sessions of a user, and everything that could still become one: challenges, emailed tokens and known
 * devices.
 *
 * @returns the number of revoked sessions
 */
export const revokeUserSessions = (context: RuleContext, viewer: SessionViewer, action: AdminAction): Promise<number> =>
  actOnUser(
    context,
    viewer,
    action,
    'REVOKE_SESSIONS',
    async ({ context, actor, target: { id, authVersion }, record }) => {
      const revokedCount = await revokeSessions(context, id, (sessions) => sessions('id', 'is not', null), actor.id);
      await changeAccount(context, id, { auth_version: authVersion + 1 });
      await record('USER_SESSIONS_REVOKED');
      return revokedCount;
    },
  );
