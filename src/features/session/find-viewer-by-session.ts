import { sql } from 'kysely';
import { hashToken, isToken } from '../../crypto/token.js';
import { select, type Db, type Reader } from '../../database/read/select.js';
import type { AuthenticationMethod } from '../../rules/authentication-method.js';
import type { SessionDelivery, SessionViewer } from '../../rules/viewer.js';

/** The columns of an account that are read on each request, whatever its credential. */
export const viewerAccountColumns = [
  'accounts.id as accountId',
  'accounts.username',
  'accounts.role',
  'accounts.status',
  'accounts.created_at as createdAt',
  'accounts.last_login_at as lastLoginAt',
  'accounts.email',
  'accounts.locale',
  'accounts.auth_version as authVersion',
  'two_factors.enabled_at as twoFactorEnabledAt',
] as const;

/** The viewers of sessions that live: not ended, not idle too long, of active accounts. */
const selectViewer = (db: Db, now: Date) =>
  db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
    .leftJoin('two_factors', 'two_factors.account_id', 'accounts.id')
    .where('accounts.status', '=', 'ACTIVE')
    .whereRef('sessions.auth_version', '=', 'accounts.auth_version')
    .where('sessions.expires_at', '>', now)
    .where(sql<Date>`sessions.last_seen_at + make_interval(secs => sessions.idle_seconds)`, '>', now)
    .select([
      ...viewerAccountColumns,
      'sessions.token_hash as tokenHash',
      'sessions.id as sessionId',
      'sessions.stepped_up_at as steppedUpAt',
      'sessions.factors',
      sql<AuthenticationMethod[]>`sessions.methods`.as('methods'),
      'sessions.created_at as signedInAt',
      'sessions.trusted_browser_id as trustedBrowserId',
      'sessions.last_seen_at as lastSeenAt',
      'sessions.expires_at as expiresAt',
      sql<Date>`least(sessions.expires_at, sessions.last_seen_at + make_interval(secs => sessions.idle_seconds))`.as(
        'endsAt',
      ),
    ]);

const viewerBySession = select('viewer_by_session', (db, { tokenHash, now }: { tokenHash: string; now: Date }) =>
  selectViewer(db, now).where('sessions.token_hash', '=', tokenHash),
);

const viewerBySessionId = select('viewer_by_session_id', (db, { id, now }: { id: string; now: Date }) =>
  selectViewer(db, now).where('sessions.id', '=', id),
);

const viewerByGate = select('viewer_by_gate', (db, { tokenHash, now }: { tokenHash: string; now: Date }) =>
  selectViewer(db, now).where('sessions.gate_token_hash', '=', tokenHash),
);

/**
 * Finds the viewer of a session token; null if the token is malformed, unknown, ended or idle too long, or the
 * account's `authVersion` was raised. Status and role are read on every request.
 */
export async function findViewerBySession(
  reader: Reader,
  token: string,
  delivery: SessionDelivery,
  now: Date,
): Promise<SessionViewer | null> {
  if (!isToken('session', token)) return null;
  const [row] = await viewerBySession(reader, { tokenHash: hashToken(token), now });
  return row ? { ...row, credential: 'SESSION', delivery } : null;
}

/** Finds the viewer of a session by its ID, for a token that names it. Null if the session doesn't live. */
export async function findViewerBySessionId(reader: Reader, id: string, now: Date): Promise<SessionViewer | null> {
  const [row] = await viewerBySessionId(reader, { id, now });
  return row ? { ...row, credential: 'SESSION', delivery: 'BEARER' } : null;
}

/** Finds the viewer of a gate token by the same conditions. Only forward auth may ask. */
export async function findViewerByGate(reader: Reader, token: string, now: Date): Promise<SessionViewer | null> {
  if (!isToken('gate', token)) return null;
  const [row] = await viewerByGate(reader, { tokenHash: hashToken(token), now });
  return row ? { ...row, credential: 'SESSION', delivery: 'COOKIE' } : null;
}

const sessionByToken = select('session_by_token', (db, { tokenHash }: { tokenHash: string }) =>
  db.selectFrom('sessions').where('token_hash', '=', tokenHash).select('id'),
);

/** Whether a session has this token, also one that has ended and was not deleted yet. */
export async function hasSession(reader: Reader, token: string): Promise<boolean> {
  if (!isToken('session', token)) return false;
  return (await sessionByToken(reader, { tokenHash: hashToken(token) })).length > 0;
}
