import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { toAccessToken } from '../features/access-token/access-token.type.js';
import { accessTokenLoader } from '../features/access-token/access-tokens.loader.js';
import { toApiToken } from '../features/api-token/api-token.type.js';
import { apiTokensLoader } from '../features/api-token/api-tokens.loader.js';
import { toCallKey } from '../features/call-key/call-key.type.js';
import { findOwnCallKey } from '../features/call-key/find-call-keys.js';
import { findOwnPasskey } from '../features/passkey/find-passkeys.js';
import { toPasskey } from '../features/passkey/passkey.type.js';
import { findEvent } from '../features/security-event/find-events.js';
import { toSecurityEvent } from '../features/security-event/security-event.type.js';
import { findOwnSession } from '../features/session/find-sessions.js';
import { toSession } from '../features/session/session.type.js';
import { findUsageLog } from '../features/usage/find-usage-logs.js';
import { toUsageLog } from '../features/usage/usage-log.type.js';
import { findOwnTrustedBrowser } from '../features/trusted-browser/find-trusted-browsers.js';
import { toTrustedBrowser } from '../features/trusted-browser/trusted-browser.type.js';
import { findWebhookDelivery } from '../features/webhook/find-webhook-deliveries.js';
import { findWebhook } from '../features/webhook/find-webhooks.js';
import { toWebhookDelivery } from '../features/webhook/webhook-delivery.type.js';
import { toWebhook } from '../features/webhook/webhook.type.js';
import { Auth } from '../graphql-kit/auth-directive.js';
import { requireViewer, type Context } from '../graphql-kit/context.js';
import type { TokenScope } from '../rules/token-scope.js';
import type { Viewer } from '../rules/viewer.js';
import { findVisibleUser, isRoot, readsAll, readsOwn } from './auth/visible-accounts.js';
import { parseGlobalId, type NodeType as NodeTypeName } from '../rules/global-id.js';
import { NodeType } from '../graphql-kit/relay/node.type.js';

type FindNode = (uuid: string, context: Context, viewer: Viewer) => Promise<object | null>;

/** Whether the viewer sees an object of an account. In a session, administrators see those of others in lists only. */
const sees = (
  context: Context,
  viewer: Viewer,
  ownerId: string | null,
  [own, all]: readonly [TokenScope, TokenScope],
) =>
  ownerId === viewer.accountId
    ? readsOwn(viewer, own) || readsAll(context, all)
    : viewer.credential === 'API_TOKEN' && readsAll(context, all);

/** For each type, a function that finds an object by its ID; null if the viewer may not see it. */
const finders: Readonly<Record<NodeTypeName, FindNode>> = {
  User: findVisibleUser,
  SecurityEvent: async (uuid, context, viewer) => {
    const event = await findEvent(context.reader, uuid, viewer.accountId);
    return event && sees(context, viewer, event.accountId, ['EVENTS_READ', 'ALL_EVENTS_READ'])
      ? toSecurityEvent(event)
      : null;
  },
  CallKey: async (uuid, { reader, now }, viewer) => {
    if (!readsOwn(viewer, 'KEYS_READ')) return null;
    const callKey = await findOwnCallKey(reader, uuid, viewer.accountId, now);
    return callKey && toCallKey(callKey);
  },
  ApiToken: async (uuid, context, viewer) => {
    if (viewer.credential !== 'SESSION' || uuid !== viewer.accountId) return null;
    const apiToken = await apiTokensLoader(context).load(uuid);
    return apiToken && toApiToken(apiToken);
  },
  AccessToken: async (uuid, context, viewer) => {
    const isPresented = viewer.credential === 'API_TOKEN' && viewer.accessTokenId === uuid;
    const row = viewer.credential === 'SESSION' || isPresented ? await accessTokenLoader(context).load(uuid) : null;
    return row?.accountId === viewer.accountId ? toAccessToken(row) : null;
  },
  Passkey: async (uuid, { reader }, viewer) => {
    if (viewer.credential !== 'SESSION') return null;
    const passkey = await findOwnPasskey(reader, uuid, viewer.accountId);
    return passkey && toPasskey(passkey);
  },
  TrustedBrowser: async (uuid, context, viewer) => {
    if (viewer.credential !== 'SESSION') return null;
    const browser = await findOwnTrustedBrowser(context, uuid, viewer.accountId);
    return browser && toTrustedBrowser(browser, context.trustCookie.token);
  },
  Webhook: async (uuid, context) => {
    const webhook = isRoot(context) ? await findWebhook(context.reader, uuid) : null;
    return webhook && toWebhook(webhook);
  },
  WebhookDelivery: async (uuid, context) => {
    const delivery = isRoot(context) ? await findWebhookDelivery(context.reader, uuid) : null;
    return delivery && toWebhookDelivery(delivery);
  },
  UsageLog: async (uuid, context, viewer) => {
    const log = await findUsageLog(context.reader, uuid);
    return log && sees(context, viewer, log.accountId, ['USAGE_READ', 'ALL_USAGE_READ']) ? toUsageLog(log) : null;
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
