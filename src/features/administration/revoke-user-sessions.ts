import { sql } from 'kysely';
import { revokeAllAccessTokens } from '../access-token/revoke-access-tokens.js';
import { changeAccount } from '../account/change-account.js';
import type { RuleContext } from '../../rules/context.js';
import { invalidValue, refuse, refuseAll, type UserError } from '../../rules/refuse.js';
import { removeApiToken } from '../api-token/remove-api-token.js';
import { endTrust } from '../trusted-browser/use-trusted-browser.js';
import { revokeSessions } from '../session/revoke-sessions.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { actOnUser, type ActionContext, type AdminAction } from './act-on-user.js';
import { tooManySessions } from './messages.js';

/** Maximum number of session IDs, which is the most sessions that POSTERN_SESSIONS_PER_USER allows. */
export const MAXIMUM_SESSION_IDS = 100;

/** The sessions of a user to revoke. */
export interface SessionRevocation extends AdminAction {
  /** Null for all sessions; an entry is null if the given ID is invalid. */
  readonly sessionIds: readonly (string | null)[] | null;
  /** Whether API token, access tokens and trusted browsers end too. */
  readonly tokens: boolean;
}

/**
 * Revokes all sessions of a user, and everything that could still become one: challenges, emailed tokens and known
 * devices. Or revokes only the given sessions, if all of them are active sessions of this user.
 *
 * @returns the number of revoked sessions
 */
export async function revokeUserSessions(
  context: RuleContext,
  viewer: SessionViewer,
  { sessionIds, tokens, ...action }: SessionRevocation,
): Promise<number> {
  refuseAll(validateSessionIds(sessionIds));
  return actOnUser(context, viewer, action, 'REVOKE_SESSIONS', async (actionContext) => {
    if (tokens) await endTokens(actionContext);
    return sessionIds === null ? revokeAll(actionContext) : revokeSelected(actionContext, new Set(sessionIds));
  });
}

const validateSessionIds = (ids: SessionRevocation['sessionIds']): UserError[] =>
  ids !== null && ids.length > MAXIMUM_SESSION_IDS
    ? [invalidValue(tooManySessions(MAXIMUM_SESSION_IDS), 'sessionIds')]
    : [];

async function endTokens({ context, target: { id } }: ActionContext): Promise<void> {
  await removeApiToken(context, id);
  await revokeAllAccessTokens(context, id);
  await endTrust(context, id, null);
}

async function revokeAll({ context, actor, target, record }: ActionContext): Promise<number> {
  const { id, authVersion } = target;
  const revokedCount = await revokeSessions(context, id, (sessions) => sessions('id', 'is not', null), actor.id);
  await changeAccount(context, id, { auth_version: authVersion + 1 });
  await record('USER_SESSIONS_REVOKED');
  return revokedCount;
}

/** The action rolls back if it refuses, so no session is revoked when another one is unknown. */
async function revokeSelected(
  { context, actor, target, record }: ActionContext,
  ids: ReadonlySet<string | null>,
): Promise<number> {
  const revokedCount = await revokeSessions(
    context,
    target.id,
    (sessions) => sessions('id', '=', sql<string>`any(${sessions.val([...ids])}::uuid[])`),
    actor.id,
  );
  if (revokedCount === 0 || revokedCount < ids.size) refuse('NOT_FOUND', 'sessionIds');
  await record('USER_SESSIONS_REVOKED', 'SELECTED');
  return revokedCount;
}
