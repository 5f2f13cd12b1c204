import { sql } from 'kysely';
import { hashToken, isToken } from '../../crypto/token.js';
import { select, type Reader } from '../../database/read/select.js';
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

const viewerBySession = select('viewer_by_session', (db, { tokenHash, now }: { tokenHash: string; now: Date }) =>
  db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
    .leftJoin('two_factors', 'two_factors.account_id', 'accounts.id')
    .where('sessions.token_hash', '=', tokenHash)
    .where('accounts.status', '=', 'ACTIVE')
    .whereRef('sessions.auth_version', '=', 'accounts.auth_version')
    .where('sessions.expires_at', '>', now)
    .where(sql<Date>`sessions.last_seen_at + make_interval(secs => sessions.idle_seconds)`, '>', now)
    .select([
      ...viewerAccountColumns,
      'sessions.id as sessionId',
      'sessions.stepped_up_at as steppedUpAt',
      'sessions.factors',
      'sessions.last_seen_at as lastSeenAt',
    ]),
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
  const tokenHash = hashToken(token);
  const [row] = await viewerBySession(reader, { tokenHash, now });
  return row ? { ...row, tokenHash, credential: 'SESSION', delivery } : null;
}

const sessionByToken = select('session_by_token', (db, { tokenHash }: { tokenHash: string }) =>
  db.selectFrom('sessions').where('token_hash', '=', tokenHash).select('id'),
);

/** Whether a session has this token, also one that has ended and was not deleted yet. */
export async function hasSession(reader: Reader, token: string): Promise<boolean> {
  if (!isToken('session', token)) return false;
  return (await sessionByToken(reader, { tokenHash: hashToken(token) })).length > 0;
}
