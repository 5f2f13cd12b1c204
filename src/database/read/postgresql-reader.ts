import pg from 'pg';
import { pgColumnTypes } from '../connection/column-types.js';
import { ReadTimeoutError } from '../connection/database-unavailable.js';
import { ReadConnection } from './read-connection.js';
import type { Reader } from './select.js';
import { SESSION_OPTIONS } from './session-options.js';

/** How long a caller waits for a read: longer than the server's timeout, and less than the two seconds of an outage. */
const READ_TIMEOUT_MS = 1_700;

/** Connections for reads. The second and third serve while a slow read stalls the first. */
const READ_CONNECTIONS = 3;

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

/**
 * Pipelines reads through one connection, because waking a database backend for each read costs more than the reads
 * themselves. While a slow read stalls it, other reads use the next one, so that a slow read fails alone.
 */
export function openPostgresqlReader(connectionString: string): Reader {
  const connections = Array.from({ length: READ_CONNECTIONS }, () => new ReadConnection(connectionString));
  const adHocPool = openAdHocPool(connectionString);
  return {
    run: (statement, values) => {
      const connection = chooseConnection(connections, statement.name);
      return withinReadTimeout(connection.run(statement, values), () => connection.dropIfDead());
    },
    runAdHoc: adHocPool.runAdHoc,
    close: async () => {
      await adHocPool.close();
      await Promise.all(connections.map((connection) => connection.close()));
    },
  };
}

/**
 * The connection that reads of this name stall, so that they stall no other; otherwise the first one that is not
 * stalled, or if all are, the one with the fewest reads.
 */
function chooseConnection(connections: readonly ReadConnection[], name: string): ReadConnection {
  const free =
    connections.find((connection) => connection.isStalledBy(name)) ?? connections.find(({ isStalled }) => !isStalled);
  return free ?? connections.reduce((best, connection) => (connection.load < best.load ? connection : best));
}

/** Rejects with `ReadTimeoutError` if a read gets no response in time. The result of a late one is ignored. */
const withinReadTimeout = <Result>(read: Promise<Result>, onTimeout: () => void): Promise<Result> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      onTimeout();
      reject(new ReadTimeoutError('a read got no response in time'));
    }, READ_TIMEOUT_MS);
    read.then(resolve, reject).finally(() => clearTimeout(timer));
  });
