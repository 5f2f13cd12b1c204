import pg from 'pg';
import { MikroORM, PostgreSqlConnection, PostgreSqlDriver, defineConfig } from '@mikro-orm/postgresql';
import { respondsWithin } from './responds-within.js';
import { withBoundParameters } from './bound-connection.js';
import { pgColumnTypes } from './column-types.js';
import type { Database } from './database.js';
import { CHECK_TIMEOUT_MS, failFastClient } from './fail-fast-client.js';
import { createListeningLogger, ormOptions, type StatementListener } from './orm-options.js';
import { StatementNames } from './statement-names.js';
import { openPostgresqlReader } from '../read/postgresql-reader.js';
import { withStatementListener } from '../read/statement-listener.js';

/** Connections that do not open and statements that do not end fail instead of waiting. */
const CONNECT_TIMEOUT_MS = 1_500;
const STATEMENT_TIMEOUT_MS = 5_000;
const LOCK_TIMEOUT_MS = 4_000;
const POOL_SIZE = 10;
/** One connection to fetch jobs and one to maintain them; another one listens. */
const QUEUE_POOL_SIZE = 2;

/** The connection parameters in a URL, as the driver reads them: its query can also name a host or a database. */
const parseLocation = (url: string) => {
  const { host, port, database = '' } = new pg.Client({ connectionString: url });
  return { host, port, database };
};

class ServerConnection extends withBoundParameters(PostgreSqlConnection) {
  /** MikroORM would leave timestamps as text; it copies the properties of `types` one by one. */
  override mapOptions(options: pg.PoolConfig): pg.PoolConfig {
    return { ...super.mapOptions(options), types: pgColumnTypes };
  }
}

class ServerDriver extends PostgreSqlDriver {
  protected override readonly connection = new ServerConnection(this.config);
}

/**
 * The ORM's options for a PostgreSQL server. `isReachable` checks whether it responds. The driver gets the whole URL,
 * because from a `clientUrl` the ORM would drop parameters such as the one that requires TLS.
 */
export const postgresqlOptions = (
  url: string,
  isReachable = () => Promise.resolve(true),
  listener?: StatementListener,
) =>
  defineConfig({
    ...ormOptions,
    driver: ServerDriver,
    dbName: parseLocation(url).database,
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
    ...(listener ? createListeningLogger(listener) : {}),
  });

/** Opens a database on a PostgreSQL server. */
export async function openPostgresql(url: string, listener?: StatementListener): Promise<Database> {
  const reader = openPostgresqlReader(url);
  const orm = await MikroORM.init(postgresqlOptions(url, () => respondsWithin(reader, CHECK_TIMEOUT_MS), listener));
  const pool = await orm.em.getDriver().getConnection().getNativeClient();
  const { host, port, database } = parseLocation(url);
  return {
    kind: 'postgresql',
    location: `${host}:${port}/${database}`,
    orm,
    client: { query: (statement) => pool.query({ ...statement, types: pg.types }) },
    reader: listener ? withStatementListener(reader, listener) : reader,
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
