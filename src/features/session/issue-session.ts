import { seconds } from '../../duration.js';
import { hashToken, newToken } from '../../crypto/token.js';
import { newId } from '../../database/connection/id.js';
import type { AuthenticationMethod } from '../../rules/authentication-method.js';
import type { RuleContext } from '../../rules/context.js';
import type { SessionDelivery, SessionViewer } from '../../rules/viewer.js';
import type { Account } from '../account/account.entity.js';
import { revokeSessions } from './revoke-sessions.js';
import type { SessionRow } from './find-sessions.js';
import { newGateToken } from './gate-token.js';
import { rememberDevice } from './known-device.js';
import { rememberNetwork } from './known-network.js';
import { SessionEntity, type Factor } from './session.entity.js';
import { NEVER, sessionLifetime } from './session-lifetime.js';

/** A new session with its token, which can't be read again later. */
export interface IssuedSession extends SessionRow {
  readonly token: string;
  readonly remembered: boolean;
  /** The cookie value for a newly known browser; null for a known browser and for other clients. */
  readonly deviceToken: string | null;
  /** The token that opens forward auth on other hosts; null without such a cookie. */
  readonly gateToken: string | null;
}

/** The account, the verified factors, and how long the session may last. */
export interface NewSession {
  readonly account: Pick<Account, 'id' | 'role' | 'authVersion'>;
  readonly factors: Factor[];
  /** The authentication methods of the factors. */
  readonly methods: readonly AuthenticationMethod[];
  readonly rememberMe: boolean;
  /** How the session is sent to the client. A client with cookies is a browser, which becomes a known device. */
  readonly delivery: SessionDelivery;
  /** The caller's previous session, which is revoked. The new one inherits nothing from it. */
  readonly previous: SessionViewer | null;
  /** The trusted browser that replaced the second factor. The session gets no step-up window then. */
  readonly trustedBrowserId?: string | null;
  /** The caller's known device. */
  readonly deviceId: string | null;
}

/**
 * Creates a session, in a transaction that has locked the account, so the limit of sessions holds under concurrent
 * sign-ins.
 */
export async function issueSession(context: RuleContext, session: NewSession): Promise<IssuedSession> {
  const { em, now, caller, config } = context;
  const { account, factors, previous, delivery, deviceId, trustedBrowserId = null } = session;
  const { idleSeconds, lifetimeSeconds, remembered } = sessionLifetime(
    config.session,
    account.role,
    session.rememberMe,
  );
  const token = newToken('session');
  const gateToken = newGateToken(config, delivery);
  const row = {
    id: newId(now),
    factors,
    idleSeconds,
    remembered,
    createdAt: now,
    lastSeenAt: now,
    steppedUpAt: trustedBrowserId === null ? now : NEVER,
    expiresAt: new Date(now.getTime() + seconds(lifetimeSeconds)),
    ip: caller.ip,
    userAgent: caller.userAgent,
  };
  if (previous)
    await revokeSessions(context, previous.accountId, (sessions) => sessions('id', '=', previous.sessionId));
  await enforceSessionLimit(context, account.id);
  await em.insert(SessionEntity, {
    ...row,
    methods: [...session.methods],
    account: account.id,
    tokenHash: hashToken(token),
    gateTokenHash: gateToken && hashToken(gateToken),
    authVersion: account.authVersion,
    trustedBrowserId,
  });
  await rememberNetwork(context, account.id);
  const deviceToken = delivery === 'COOKIE' ? await rememberDevice(context, account, deviceId) : null;
  return { ...row, accountId: account.id, token, deviceToken, gateToken };
}

/**
 * Revokes sessions, to keep the account within its limit with the new one: first those that were never used,
 * such as a script's sign-ins, then the least recently used. Sessions in which the user has just verified every factor
 * go last, so that a thief's sign-ins can't end them.
 */
function enforceSessionLimit(context: RuleContext, accountId: string): Promise<number> {
  const { now, config } = context;
  const confirmedSince = new Date(now.getTime() - config.stepUpMs);
  return revokeSessions(context, accountId, (sessions) =>
    sessions(
      'id',
      'in',
      sessions
        .selectFrom('sessions')
        .select('id')
        .where('account_id', '=', accountId)
        .orderBy(({ eb }) => eb('stepped_up_at', '>=', confirmedSince), 'desc')
        .orderBy(({ eb, ref }) => eb('last_seen_at', '>', ref('created_at')), 'desc')
        .orderBy('last_seen_at', 'desc')
        .orderBy('id', 'desc')
        .offset(config.session.perUser - 1),
    ),
  );
}
