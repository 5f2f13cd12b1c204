import { seconds } from '../../duration.js';
import type { Account } from '../account/account.entity.js';
import { hashToken, newToken } from '../../crypto/token.js';
import type { EntityManager } from '../../database/connection/database.js';
import { newId } from '../../database/connection/id.js';
import type { RuleContext } from '../../rules/context.js';
import { endSessions } from './end-sessions.js';
import type { SessionRow } from './find-sessions.js';
import { rememberDevice } from './known-device.js';
import { makeRoomForSession } from './make-room-for-session.js';
import { SessionEntity, type Factor } from './session.entity.js';
import type { Viewer, SessionDelivery } from '../../rules/viewer.js';
import { sessionLifetime } from './session-lifetime.js';

/** A new session with its token, which is known only now. */
export interface IssuedSession extends SessionRow {
  readonly token: string;
  readonly remembered: boolean;
  /**
   * The mark for a browser that nobody had signed in on as this account; null where it is known, and for other clients.
   */
  readonly deviceToken: string | null;
}

/** Whose session to open, what they proved themselves with, and whether it may outlive the browser. */
export interface SessionWish {
  readonly account: Pick<Account, 'id' | 'role' | 'authVersion'>;
  readonly factors: Factor[];
  readonly rememberMe: boolean;
  /** How the session reaches the client: what keeps cookies is a browser, which is remembered. */
  readonly delivery: SessionDelivery;
  /** Who the caller was before; that session ends, and the new one inherits nothing from it. */
  readonly former: Viewer | null;
  /** The known device that the caller is at. */
  readonly deviceId: string | null;
}

/**
 * Opens a session, in the transaction of what earns it; that transaction holds the account's row, so that the limit
 * of sessions a person holds under concurrent sign-ins.
 */
export async function issueSession(
  em: EntityManager,
  context: RuleContext,
  { account, factors, rememberMe, delivery, former, deviceId }: SessionWish,
): Promise<IssuedSession> {
  const { now, caller, config } = context;
  const { idleSeconds, lifetimeSeconds, remembered } = sessionLifetime(config.session, account.role, rememberMe);
  const token = newToken('session');
  const session = {
    id: newId(now),
    factors,
    idleSeconds,
    remembered,
    createdAt: now,
    lastSeenAt: now,
    steppedUpAt: now,
    expiresAt: new Date(now.getTime() + seconds(lifetimeSeconds)),
    ip: caller.ip,
    userAgent: caller.userAgent,
  };
  if (former) await endSessions(em, context, former.accountId, (sessions) => sessions('id', '=', former.sessionId));
  await makeRoomForSession(em, context, account);
  await em.insert(SessionEntity, {
    ...session,
    account: account.id,
    tokenHash: hashToken(token),
    authVersion: account.authVersion,
  });
  const deviceToken = delivery === 'COOKIE' ? await rememberDevice(em, now, account, deviceId) : null;
  return { ...session, accountId: account.id, token, deviceToken };
}
