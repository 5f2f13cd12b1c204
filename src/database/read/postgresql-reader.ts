import pg from 'pg';
import { pgColumnTypes } from '../connection/column-types.js';
import { RANDOM_PAGE_COST } from '../connection/random-page-cost.js';
import type { Reader } from './select.js';

/** How long a connection may take to open, and a read to answer, before the caller gets an error. */
const CONNECT_TIMEOUT_MS = 1_500;
const READ_TIMEOUT_MS = 1_600;
/** When the server cancels a read: before the read timeout, which would end all other reads on the connection too. */
const STATEMENT_TIMEOUT_MS = 1_400;

/**
 * JIT and parallel workers are off: PostgreSQL uses them if it overestimates a sum, and the sum of a year then took
 * twenty times as long. Timestamps come in UTC, whatever the server's time zone.
 */
const SESSION_OPTIONS = `-c jit=off -c max_parallel_workers_per_gather=0 -c timezone=UTC -c ${RANDOM_PAGE_COST}`;

/** How many ad-hoc queries run concurrently, and how long each may take. */
const AD_HOC_POOL_SIZE = 2;
const AD_HOC_TIMEOUT_MS = 2_000;

/** A separate pool for ad-hoc queries, so that a slow one doesn't delay the reads of other requests. */
function openAdHocPool(connectionString: string): Pick<Reader, 'runAdHoc' | 'close'> {
  const pool = new pg.Pool({
    connectionString,
    types: pgColumnTypes,
    options: SESSION_OPTIONS,
    max: AD_HOC_POOL_SIZE,
    keepAlive: true,
    allowExitOnIdle: true,
    application_name: 'postern ad hoc',
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

/** Sends the statements of one turn of the event loop in a single write, so that the database backend wakes up once. */
function batchWrites({ connection: { stream } }: pg.Client): void {
  if (stream.writableCorked > 0) return;
  stream.cork();
  setImmediate(() => stream.uncork());
}

/**
 * Pipelines all reads through one connection, because waking a database backend for each read costs more than the reads
 * themselves. A broken connection is replaced at the next read.
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
