import { ReadTimeoutError } from '../connection/database-unavailable.js';
import { PLANNED_ONCE, type Sessions } from '../connection/session.js';
import { ReadConnection } from './read-connection.js';
import { openReadPool, type ReadPool } from './read-pool.js';
import type { Reader } from './select.js';

/** How long a caller waits for a read: longer than the server's timeout, and less than the two seconds of an outage. */
const READ_TIMEOUT_MS = 1_700;

/** Connections for reads. The second and third serve while a slow read stalls the first. */
const READ_CONNECTIONS = 3;

/** How many ad-hoc queries run concurrently, and how long each may take. */
const AD_HOC_POOL = { connections: 2, limitMs: 2_000, name: 'postern ad hoc' };

/** The same for slow reads that are planned once. */
const SLOW_POOL = { ...AD_HOC_POOL, name: 'postern slow reads', planning: PLANNED_ONCE };

/** Connections for reads through a pooler of transactions, which can't be pipelined, and how long a read may take. */
const READ_POOL = { connections: 8, limitMs: 1_400, name: 'postern reads' };

/**
 * Pipelines reads through one connection, because waking a database backend for each read costs more than the reads
 * themselves. While a slow read stalls it, other reads use the next one, so that a slow read fails alone. Ad-hoc
 * queries and reads that are known to be slow have separate pools, so that they don't delay other requests.
 */
export function openPostgresqlReader(connectionString: string, sessions: Sessions): Reader {
  const adHocPool = openReadPool(connectionString, sessions, AD_HOC_POOL);
  if (sessions.pooler === 'transaction')
    return openPooledReader(openReadPool(connectionString, sessions, READ_POOL), adHocPool);
  const slowPool = openReadPool(connectionString, sessions, SLOW_POOL);
  const connections = Array.from({ length: READ_CONNECTIONS }, () => new ReadConnection(connectionString, sessions));
  return {
    run: (statement, values) => {
      if (statement.isSlow) return slowPool.run(statement, values);
      const connection = chooseConnection(connections, statement.name);
      return withinReadTimeout(connection.run(statement, values), () => connection.dropIfDead());
    },
    runAdHoc: adHocPool.read,
    close: async () => {
      await adHocPool.close();
      await slowPool.close();
      await Promise.all(connections.map((connection) => connection.close()));
    },
  };
}

const openPooledReader = (pool: ReadPool, adHocPool: ReadPool): Reader => ({
  run: (statement, values) => (statement.isSlow ? adHocPool : pool).run(statement, values),
  runAdHoc: adHocPool.read,
  close: async () => {
    await adHocPool.close();
    await pool.close();
  },
});

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
