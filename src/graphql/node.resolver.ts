import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { accountsLoader } from '../features/account/accounts.loader.js';
import { toUser } from '../features/account/user.type.js';
import { toCallKey } from '../features/call-key/call-key.type.js';
import { findOwnCallKey } from '../features/call-key/find-call-keys.js';
import { findOwnEvent } from '../features/security-event/find-events.js';
import { toSecurityEvent } from '../features/security-event/security-event.type.js';
import { findOwnSession } from '../features/session/find-sessions.js';
import { toSession } from '../features/session/session.type.js';
import { findOwnUsageLog } from '../features/usage/find-usage-logs.js';
import { toUsageLog } from '../features/usage/usage-log.type.js';
import { Auth, authDefaults } from '../graphql-kit/auth-directive.js';
import { anyViewerOf, type Context } from '../graphql-kit/context.js';
import type { AnyViewer } from '../rules/viewer.js';
import { denialFor } from './auth/enforce-auth.js';
import { topLevelError } from '../graphql-kit/errors.js';
import { parseGlobalId, type NodeType as NodeTypeName } from '../graphql-kit/relay/global-id.js';
import { NodeType } from '../graphql-kit/relay/node.type.js';

type FindNode = (uuid: string, context: Context, viewer: AnyViewer) => Promise<object | null>;

/**
 * Whether the viewer may look at other people: by what `user(id)` asks for, so not by an API token, whatever its
 * owner's role. An administrator who lacks a second factor alone is told so; to everybody else nobody is
 * there.
 */
function seesOthers(context: Context): boolean {
  const denial = denialFor({ ...authDefaults, requires: 'ADMIN' }, context, undefined);
  if (denial === 'TWO_FACTOR_REQUIRED') throw topLevelError(denial);
  return denial === null;
}

/** How an object of each type is found by its id, for this viewer; what is not the viewer's to see is not there. */
const finders: Readonly<Record<NodeTypeName, FindNode>> = {
  User: async (uuid, context, viewer) => {
    if (uuid === viewer.accountId) return toUser(viewer.accountId, viewer);
    const account = seesOthers(context) ? await accountsLoader(context).load(uuid) : null;
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
    description: 'Anything of the viewer’s by its id; null for an unknown id and for somebody else’s.',
  })
  node(
    @Arg('id', () => ID, { description: 'An id that an answer gave.' }) id: string,
    @Ctx() context: Context,
  ): Promise<object | null> | null {
    const known = parseGlobalId(id);
    return known && finders[known.type](known.uuid, context, anyViewerOf(context));
  }
}
