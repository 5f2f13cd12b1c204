import pg from 'pg';
import { pgColumnTypes } from '../connection/column-types.js';
import { RANDOM_PAGE_COST } from '../connection/random-page-cost.js';
import type { Reader } from './select.js';

/** How long a connection may take to open, and a read to answer, before the caller gets an error (in ms). */
const CONNECT_TIMEOUT_MS = 1_500;
const READ_TIMEOUT_MS = 1_600;
/** When the server ends a read, before the connection is abandoned with everything that waits on it (in ms). */
const STATEMENT_TIMEOUT_MS = 1_400;

/**
 * Reads here gain nothing from JIT and parallel workers. PostgreSQL would use both if it overestimates a sum, and the
 * sum of a year took twenty times as long. Timestamps come in UTC, whatever the server's time zone.
 */
const SESSION_OPTIONS = `-c jit=off -c max_parallel_workers_per_gather=0 -c timezone=UTC -c ${RANDOM_PAGE_COST}`;

/** Rare queries: how many run concurrently, and when the server ends each (R-68; in ms). */
const AD_HOC_POOL_SIZE = 2;
const AD_HOC_TIMEOUT_MS = 2_000;

/** Connections for queries that may be slow, separate from those that every request waits for. */
function openAdHocPool(connectionString: string): Pick<Reader, 'runAdHoc' | 'close'> {
  const pool = new pg.Pool({
    connectionString,
    types: pgColumnTypes,
    options: SESSION_OPTIONS,
    max: AD_HOC_POOL_SIZE,
    keepAlive: true,
    allowExitOnIdle: true,
    application_name: 'postern questions',
    connectionTimeoutMillis: AD_HOC_TIMEOUT_MS,
    statement_timeout: AD_HOC_TIMEOUT_MS,
    query_timeout: AD_HOC_TIMEOUT_MS + READ_TIMEOUT_MS,
  });
  pool.on('error', () => undefined); // An idle connection that breaks is replaced at the next query.
  return {
    runAdHoc: async (text, values) => (await pool.query<object>(text, [...values])).rows,
    close: () => pool.end(),
  };
}

/** Sends everything queried in one turn of the event loop in one write, so that the backend wakes up once. */
function batchWrites({ connection: { stream } }: pg.Client): void {
  if (stream.writableCorked > 0) return;
  stream.cork();
  setImmediate(() => stream.uncork());
}

/**
 * Reads through one connection with many concurrent statements: waking a database backend for each costs more than the
 * reads themselves. A connection that breaks is replaced at the next read.
 */
export function openPostgresqlReader(connectionString: string): Reader {
  let current: Promise<pg.Client> | undefined;
  const adHocPool = openAdHocPool(connectionString);

  const connect = (): Promise<pg.Client> => {
    const client = new pg.Client({
      connectionString,
      types: pgColumnTypes,
      options: SESSION_OPTIONS,
      pipeline: true,
      keepAlive: true,
      application_name: 'postern reads',
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: READ_TIMEOUT_MS,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      lock_timeout: STATEMENT_TIMEOUT_MS,
    });
    const connecting = client.connect().then(() => client);
    const reset = () => {
      if (current === connecting) current = undefined;
    };
    client.on('error', reset);
    client.on('end', reset);
    connecting.catch(reset);
    return connecting;
  };

  return {
    run: async ({ name, text }, values) => {
      const client = await (current ??= connect());
      batchWrites(client);
      return (await client.query({ name, text, values: values as unknown[] })).rows as object[];
    },
    runAdHoc: adHocPool.runAdHoc,
    close: async () => {
      await adHocPool.close();
      const client = await current?.catch(() => undefined);
      await client?.end();
    },
  };
}
