import pg from 'pg';
import { MikroORM, PostgreSqlConnection, PostgreSqlDriver, defineConfig } from '@mikro-orm/postgresql';
import { answersWithin } from './answers-within.js';
import { withBoundParameters } from './bound-connection.js';
import { columnTypes } from './column-types.js';
import type { Database } from './database.js';
import { CHECK_ANSWER_MS, failFastClient } from './fail-fast-client.js';
import { listeningLogger, ormOptions, type StatementListener } from './orm-options.js';
import { StatementNames } from './statement-names.js';
import { openPostgresqlReader } from '../read/postgresql-reader.js';
import { listenToReads } from '../read/listen-to-reads.js';

/**
 * A connection that does not open, or a statement that does not end, becomes a fault instead of a wait (R-87; in ms).
 */
const CONNECT_TIMEOUT_MS = 1_500;
const STATEMENT_TIMEOUT_MS = 5_000;
const LOCK_TIMEOUT_MS = 4_000;
const POOL_SIZE = 10;
/** One to look for jobs, one to look after them; a further one listens. */
const QUEUE_POOL_SIZE = 2;

/**
 * What the driver makes of an address, which may name a host, a database and more in its query; nothing is connected.
 */
const locationOf = (url: string) => {
  const { host, port, database = '' } = new pg.Client({ connectionString: url });
  return { host, port, database };
};

class ServerConnection extends withBoundParameters(PostgreSqlConnection) {
  /** MikroORM would leave timestamps as text, and copies the properties of `types` one by one. */
  override mapOptions(options: pg.PoolConfig): pg.PoolConfig {
    return { ...super.mapOptions(options), types: columnTypes };
  }
}

class ServerDriver extends PostgreSqlDriver {
  protected override readonly connection = new ServerConnection(this.config);
}

/**
 * The ORM's options for a PostgreSQL server; `isThere` tells whether that answers at the moment. The driver gets the
 * whole address, as it does for reads and for the job queue: of its `clientUrl` the ORM would hand on host, port, user,
 * password and database, and leave out that TLS is asked for.
 */
export const postgresqlOptions = (
  url: string,
  isReachable = () => Promise.resolve(true),
  listener?: StatementListener,
) =>
  defineConfig({
    ...ormOptions,
    driver: ServerDriver,
    dbName: locationOf(url).database,
    pool: { min: 0, max: POOL_SIZE },
    driverOptions: {
      connectionString: url,
      Client: failFastClient(isReachable, new StatementNames()),
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      lock_timeout: LOCK_TIMEOUT_MS,
      idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
      keepAlive: true,
      application_name: 'postern',
    },
    ...(listener ? listeningLogger(listener) : {}),
  });

/** Opens a database of a PostgreSQL server. */
export async function openPostgresql(url: string, listener?: StatementListener): Promise<Database> {
  const reader = openPostgresqlReader(url);
  const orm = await MikroORM.init(postgresqlOptions(url, () => answersWithin(reader, CHECK_ANSWER_MS), listener));
  const pool = await orm.em.getDriver().getConnection().getNativeClient();
  const { host, port, database } = locationOf(url);
  return {
    kind: 'postgresql',
    location: `${host}:${port}/${database}`,
    orm,
    client: { query: (statement) => pool.query({ ...statement, types: pg.types }) },
    reader: listener ? listenToReads(reader, listener) : reader,
    queueStore: {
      connectionString: url,
      max: QUEUE_POOL_SIZE,
      application_name: 'postern-jobs',
      options: `-c statement_timeout=${STATEMENT_TIMEOUT_MS}`,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    },
    close: async () => {
      await reader.close();
      await orm.close();
    },
  };
}
