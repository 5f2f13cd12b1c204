import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { accountsLoader } from '../features/account/accounts.loader.js';
import { toUser } from '../features/account/user.type.js';
import { toApiToken } from '../features/api-token/api-token.type.js';
import { apiTokensLoader } from '../features/api-token/api-tokens.loader.js';
import { toCallKey } from '../features/call-key/call-key.type.js';
import { findOwnCallKey } from '../features/call-key/find-call-keys.js';
import { findOwnEvent } from '../features/security-event/find-events.js';
import { toSecurityEvent } from '../features/security-event/security-event.type.js';
import { findOwnSession } from '../features/session/find-sessions.js';
import { toSession } from '../features/session/session.type.js';
import { findOwnUsageLog } from '../features/usage/find-usage-logs.js';
import { toUsageLog } from '../features/usage/usage-log.type.js';
import { Auth, authDefaults } from '../graphql-kit/auth-directive.js';
import { requireViewer, type Context } from '../graphql-kit/context.js';
import type { Viewer } from '../rules/viewer.js';
import { findDenial } from './auth/enforce-auth.js';
import { topLevelError } from '../graphql-kit/errors.js';
import { parseGlobalId, type NodeType as NodeTypeName } from '../graphql-kit/relay/global-id.js';
import { NodeType } from '../graphql-kit/relay/node.type.js';

type FindNode = (uuid: string, context: Context, viewer: Viewer) => Promise<object | null>;

/**
 * Whether the viewer may see other users, by the rules of `user(id)`: never with an API token, whatever its owner's
 * role. Throws for an administrator without a required second factor.
 */
function canSeeOtherUsers(context: Context): boolean {
  const denial = findDenial({ ...authDefaults, requires: 'ADMIN' }, context, undefined);
  if (denial === 'TWO_FACTOR_REQUIRED') throw topLevelError(denial);
  return denial === null;
}

/** For each type, a function that finds an object by its ID; null if the viewer may not see it. */
const finders: Readonly<Record<NodeTypeName, FindNode>> = {
  User: async (uuid, context, viewer) => {
    if (uuid === viewer.accountId) return toUser(viewer.accountId, viewer);
    const account = canSeeOtherUsers(context) ? await accountsLoader(context).load(uuid) : null;
    return account && toUser(account.id, account);
  },
  SecurityEvent: async (uuid, { reader }, viewer) => {
    const event = await findOwnEvent(reader, uuid, viewer.accountId);
    return event && toSecurityEvent(event);
  },
  CallKey: async (uuid, { reader, now }, viewer) => {
    const callKey = await findOwnCallKey(reader, uuid, viewer.accountId, now);
    return callKey && toCallKey(callKey);
  },
  ApiToken: async (uuid, context, viewer) => {
    if (viewer.credential !== 'SESSION' || uuid !== viewer.accountId) return null;
    const apiToken = await apiTokensLoader(context).load(uuid);
    return apiToken && toApiToken(apiToken);
  },
  UsageLog: async (uuid, { reader }, viewer) => {
    const log = await findOwnUsageLog(reader, uuid, viewer.accountId);
    return log && toUsageLog(log);
  },
  Session: async (uuid, { reader, now }, viewer) => {
    if (viewer.credential !== 'SESSION') return null;
    const session = await findOwnSession(reader, uuid, viewer.accountId, now);
    return session && toSession(session, viewer);
  },
};

@Resolver()
export class NodeResolver {
  @Auth({ accepts: ['SESSION', 'API_TOKEN'] })
  @Query(() => NodeType, {
    nullable: true,
    description: 'An object by its ID; null if the ID is unknown or the viewer may not see the object.',
  })
  node(
    @Arg('id', () => ID, { description: 'An ID from an earlier response.' }) id: string,
    @Ctx() context: Context,
  ): Promise<object | null> | null {
    const globalId = parseGlobalId(id);
    return globalId && finders[globalId.type](globalId.uuid, context, requireViewer(context));
  }
}
