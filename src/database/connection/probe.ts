import pg from 'pg';
import { ReadOnlyDatabaseError } from './read-only-database.js';
import { preparesSession, type Sessions } from './session.js';

/**
 * How long a check may take (in ms). With the interval of the checks, it is less than the two seconds within which a
 * caller gets an error.
 */
const CHECK_TIMEOUT_MS = 700;

/** What a database can do now. */
export type DatabaseState = 'WRITABLE' | 'READ_ONLY' | 'UNREACHABLE';

/** Checks what the database can do, on its own connection, so that no statement delays it. */
export interface Probe {
  check(): Promise<DatabaseState>;
  close(): Promise<void>;
}

/** Opens a probe of a PostgreSQL server. Concurrent checks share one statement. */
export function openProbe(config: pg.PoolConfig, sessions: Sessions): Probe {
  const pool = new pg.Pool({
    ...config,
    max: 1,
    application_name: 'postern health',
    connectionTimeoutMillis: CHECK_TIMEOUT_MS,
    query_timeout: CHECK_TIMEOUT_MS,
    onConnect: preparesSession({ statementMs: CHECK_TIMEOUT_MS, lockMs: CHECK_TIMEOUT_MS }, sessions),
  });
  pool.on('error', () => undefined); // A connection that breaks is replaced at the next check.
  let current: Promise<DatabaseState> | undefined;
  return {
    check: () => (current ??= check(pool).finally(() => (current = undefined))),
    close: () => pool.end(),
  };
}

async function check(pool: pg.Pool): Promise<DatabaseState> {
  try {
    const { rows } = await pool.query<{ canWrite: boolean }>(
      `select current_setting('transaction_read_only') = 'off' as "canWrite"`,
    );
    return rows[0]?.canWrite ? 'WRITABLE' : 'READ_ONLY';
  } catch (error) {
    return error instanceof ReadOnlyDatabaseError ? 'READ_ONLY' : 'UNREACHABLE';
  }
}
