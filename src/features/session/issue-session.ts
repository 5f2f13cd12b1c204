import { seconds } from '../../duration.js';
import { hashToken, newToken } from '../../crypto/token.js';
import { newId } from '../../database/connection/id.js';
import type { RuleContext } from '../../rules/context.js';
import type { SessionDelivery, Viewer } from '../../rules/viewer.js';
import type { Account } from '../account/account.entity.js';
import { endSessions } from './end-sessions.js';
import type { SessionRow } from './find-sessions.js';
import { rememberDevice } from './known-device.js';
import { SessionEntity, type Factor } from './session.entity.js';
import { sessionLifetime } from './session-lifetime.js';

/** A new session with its token, which is known only now. */
export interface IssuedSession extends SessionRow {
  readonly token: string;
  readonly remembered: boolean;
  /** The mark for a browser on which nobody had signed in to this account; null where it is known, and elsewhere. */
  readonly deviceToken: string | null;
}

/** Whose session to open, what they verified themselves with, and whether it may outlive the browser. */
export interface NewSession {
  readonly account: Pick<Account, 'id' | 'role' | 'authVersion'>;
  readonly factors: Factor[];
  readonly rememberMe: boolean;
  /** How the session reaches the client: what keeps cookies is a browser, which is remembered. */
  readonly delivery: SessionDelivery;
  /** The session that the caller had before; it ends, and the new one inherits nothing from it. */
  readonly previous: Viewer | null;
  /** The known device that the caller is at. */
  readonly deviceId: string | null;
}

/**
 * Opens a session, in the transaction of what earns it. The transaction holds the account's row, so that the limit of
 * sessions holds under concurrent sign-ins.
 */
export async function issueSession(context: RuleContext, session: NewSession): Promise<IssuedSession> {
  const { em, now, caller, config } = context;
  const { account, factors, previous, delivery, deviceId } = session;
  const { idleSeconds, lifetimeSeconds, remembered } = sessionLifetime(
    config.session,
    account.role,
    session.rememberMe,
  );
  const token = newToken('session');
  const row = {
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
  if (previous) await endSessions(context, previous.accountId, (sessions) => sessions('id', '=', previous.sessionId));
  await makeRoom(context, account.id);
  await em.insert(SessionEntity, {
    ...row,
    account: account.id,
    tokenHash: hashToken(token),
    authVersion: account.authVersion,
  });
  const deviceToken = delivery === 'COOKIE' ? await rememberDevice(context, account, deviceId) : null;
  return { ...row, accountId: account.id, token, deviceToken };
}

/** Ends the sessions used longest ago, so that with one more the account has no more than the limit. */
const makeRoom = (context: RuleContext, accountId: string): Promise<number> =>
  endSessions(context, accountId, (sessions) =>
    sessions(
      'id',
      'in',
      sessions
        .selectFrom('sessions')
        .select('id')
        .where('account_id', '=', accountId)
        .orderBy('last_seen_at', 'desc')
        .orderBy('id', 'desc')
        .offset(context.config.session.perUser - 1),
    ),
  );
