import pg from 'pg';
import { pgColumnTypes } from '../connection/column-types.js';
import {
  CONNECTION_LIFETIME_SECONDS,
  beginWithLimits,
  preparesSession,
  type Sessions,
  type StatementLimits,
} from '../connection/session.js';

/** How much longer than the server's limit a response may take (in ms). */
const RESPONSE_GRACE_MS = 1_700;

/** How a pool of reads works. */
interface ReadPoolOptions {
  readonly connections: number;
  /** How long one read may take, also to get a connection (in ms). */
  readonly limitMs: number;
  /** The name that `pg_stat_activity` shows. */
  readonly name: string;
}

/** Connections for reads without named statements. */
export interface ReadPool {
  read(text: string, values: readonly unknown[]): Promise<readonly object[]>;
  close(): Promise<void>;
}

/** Opens a pool of connections for reads. It sends no statement yet. */
export function openReadPool(
  connectionString: string,
  sessions: Sessions,
  { connections, limitMs, name }: ReadPoolOptions,
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
    onConnect: preparesSession(limits, sessions),
  });
  pool.on('error', () => undefined); // An idle connection that breaks is replaced at the next read.
  // One that breaks between two statements of a transaction fails the next one. Unheard, the error ends the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const read =
    sessions.pooler === 'transaction'
      ? (text: string, values: unknown[]) => readInTransaction(pool, text, values, limits)
      : (text: string, values: unknown[]) => pool.query<object>(text, values);
  return { read: async (text, values) => (await read(text, [...values])).rows, close: () => pool.end() };
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
