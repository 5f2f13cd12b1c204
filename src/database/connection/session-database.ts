import type { Config } from '../../config/config.js';
import { fork, type Database } from './database.js';
import { UnsuitableDatabaseError } from './ensure-suitable.js';
import { openPostgresql } from './postgresql.js';

/** `POSTERN_DATABASE_SESSION_URL` can't be used. The cause is what `DATABASE_URL` would fail with. */
export class SessionDatabaseError extends Error {
  constructor(override readonly cause: unknown) {
    super('POSTERN_DATABASE_SESSION_URL cannot be used', { cause });
  }
}

/** A database of a server, and the start of the server: a copy elsewhere is another one. */
async function identify(database: Database): Promise<string> {
  const [row] = await fork(database).execute<{ identity: string }[]>(
    `select concat_ws(' ', oid, pg_postmaster_start_time()) as identity from pg_database where datname = current_database()`,
  );
  return row?.identity ?? '';
}

async function findFault(database: Database, session: Database): Promise<string | null> {
  if ((await identify(session)) !== (await identify(database)))
    return `POSTERN_DATABASE_SESSION_URL leads to another database (${session.location}) than DATABASE_URL (${database.location}). Set it to the same one.`;
  if (!(await session.keepsSessions()))
    return 'POSTERN_DATABASE_SESSION_URL leads to a pooler of transactions. Set it to the server, or to a pooler that keeps sessions.';
  return null;
}

/**
 * Opens `POSTERN_DATABASE_SESSION_URL`, at which migrations and the job queue work.
 *
 * @param database the one at `DATABASE_URL`
 * @throws {SessionDatabaseError} if it can't be reached, if it keeps no sessions, or if it is another database
 */
export async function openSessionDatabase(database: Database, sessionUrl: string): Promise<Database> {
  const session = await openPostgresql(sessionUrl);
  try {
    const fault = await findFault(database, session);
    if (fault !== null) throw new UnsuitableDatabaseError(fault);
    return session;
  } catch (error) {
    await session.close();
    throw new SessionDatabaseError(error);
  }
}

/**
 * Ensures that `POSTERN_DATABASE_SESSION_URL`, if it is set, leads to the same database as `DATABASE_URL`.
 *
 * @returns where it leads; null if it is not set
 * @throws {SessionDatabaseError}
 */
export async function ensureSessionDatabase(
  database: Database,
  { sessionUrl }: Config['database'],
): Promise<string | null> {
  if (sessionUrl === null) return null;
  const session = await openSessionDatabase(database, sessionUrl);
  await session.close();
  return session.location;
}
