import { sql } from 'kysely';
import { select, type Reader } from '../../database/read/select.js';

/** A session without its token hash. */
export type SessionRow = Awaited<ReturnType<typeof findSessionsOfAccounts>>[number];

interface SessionParameters {
  readonly accountIds: readonly string[];
  readonly now: Date;
}

/** Finds all active sessions of accounts, most recently used first. */
export const findSessionsOfAccounts = select('sessions_of_accounts', (db, { accountIds, now }: SessionParameters) =>
  selectActiveSessions(db, now)
    .where(({ eb, val }) => eb('sessions.account_id', '=', sql<string>`any(${val(accountIds)}::uuid[])`))
    .orderBy('sessions.last_seen_at', 'desc')
    .orderBy('sessions.id', 'desc'),
);

const ownSession = select('own_session', (db, { id, accountId, now }: { id: string; accountId: string; now: Date }) =>
  selectActiveSessions(db, now).where('sessions.id', '=', id).where('sessions.account_id', '=', accountId),
);

/** Finds one active session of an account by ID; null if it is unknown or belongs to another account. */
export async function findOwnSession(
  reader: Reader,
  id: string,
  accountId: string,
  now: Date,
): Promise<SessionRow | null> {
  const [row] = await ownSession(reader, { id, accountId, now });
  return row ?? null;
}

function selectActiveSessions(db: Parameters<Parameters<typeof select>[1]>[0], now: Date) {
  return db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
    .whereRef('sessions.auth_version', '=', 'accounts.auth_version')
    .where('sessions.expires_at', '>', now)
    .where(sql<Date>`sessions.last_seen_at + make_interval(secs => sessions.idle_seconds)`, '>', now)
    .select([
      'sessions.id',
      'sessions.account_id as accountId',
      'sessions.factors',
      'sessions.created_at as createdAt',
      'sessions.last_seen_at as lastSeenAt',
      'sessions.expires_at as expiresAt',
      'sessions.ip',
      'sessions.user_agent as userAgent',
    ]);
}
