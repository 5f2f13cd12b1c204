import pg from 'pg';
import { pgColumnTypes } from '../connection/column-types.js';
import {
  CONNECTION_LIFETIME_SECONDS,
  beginWithLimits,
  preparesSession,
  type Planning,
  type Sessions,
  type StatementLimits,
} from '../connection/session.js';
import type { Statement } from './select.js';

/** How much longer than the server's limit a response may take (in ms). */
const RESPONSE_GRACE_MS = 1_700;

/** How a pool of reads works. */
interface ReadPoolOptions {
  readonly connections: number;
  /** How long one read may take, also to get a connection (in ms). */
  readonly limitMs: number;
  /** The name that `pg_stat_activity` shows. */
  readonly name: string;
  /** How its sessions plan named statements. */
  readonly planning?: Planning;
}

/** Connections for reads. */
export interface ReadPool {
  /** Runs a statement, which is planned for its values. */
  read(text: string, values: readonly unknown[]): Promise<readonly object[]>;
  /** Runs a named prepared statement; without a name through a pooler of transactions. */
  run(statement: Statement, values: readonly unknown[]): Promise<readonly object[]>;
  close(): Promise<void>;
}

/** Opens a pool of connections for reads. It sends no statement yet. */
export function openReadPool(
  connectionString: string,
  sessions: Sessions,
  { connections, limitMs, name, planning = null }: ReadPoolOptions,
): ReadPool {
  const limits: StatementLimits = { statementMs: limitMs, lockMs: limitMs };
  const pool = new pg.Pool({
    connectionString,
    types: pgColumnTypes,
    max: connections,
    keepAlive: true,
    allowExitOnIdle: true,
    application_name: name,
    connectionTimeoutMillis: limitMs,
    query_timeout: limitMs + RESPONSE_GRACE_MS,
    maxLifetimeSeconds: CONNECTION_LIFETIME_SECONDS,
    onConnect: preparesSession(limits, sessions, planning),
  });
  pool.on('error', () => undefined); // An idle connection that breaks is replaced at the next read.
  // One that breaks between two statements of a transaction fails the next one. Unheard, the error ends the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const ask = async (query: { name?: string; text: string }, given: readonly unknown[]) => {
    const values = [...given];
    const { rows } = await (sessions.pooler === 'transaction'
      ? readInTransaction(pool, query.text, values, limits)
      : pool.query<object>({ ...query, values }));
    return rows;
  };
  return {
    read: (text, values) => ask({ text }, values),
    run: ({ name: statementName, text }, values) => ask({ name: statementName, text }, values),
    close: () => pool.end(),
  };
}

/** Reads in a transaction with its own limits, for a pooler that keeps no session. */
async function readInTransaction(pool: pg.Pool, text: string, values: unknown[], limits: StatementLimits) {
  const client = await pool.connect();
  try {
    await client.query(beginWithLimits('begin read only', limits));
    const result = await client.query<object>(text, values);
    await client.query('commit');
    client.release();
    return result;
  } catch (error) {
    // A connection in an unknown state is closed.
    client.release(true);
    throw error;
  }
}
