import pg from 'pg';
import { MikroORM, PostgreSqlConnection, PostgreSqlDriver, defineConfig } from '@mikro-orm/postgresql';
import { withBoundParameters } from './bound-connection.js';
import { pgColumnTypes } from './column-types.js';
import type { Database } from './database.js';
import { failFastClient } from './fail-fast-client.js';
import { createListeningLogger, ormOptions, type StatementListener } from './orm-options.js';
import { keepsSessions } from './keeps-sessions.js';
import { watchPool } from './pool-state.js';
import { openProbe, type Probe } from './probe.js';
import { ServerTracker } from './server-tracker.js';
import {
  CONNECTION_LIFETIME_SECONDS,
  preparesSession,
  type Pooler,
  type Sessions,
  type StatementLimits,
} from './session.js';
import { StatementNames } from './statement-names.js';
import { openPostgresqlReader } from '../read/postgresql-reader.js';
import { withMeasurement } from '../read/measured-reader.js';
import { withStatementListener } from '../read/statement-listener.js';

/** Connections that do not open and statements that do not end fail instead of waiting. */
const CONNECT_TIMEOUT_MS = 1_500;
const LIMITS: StatementLimits = { statementMs: 5_000, lockMs: 4_000 };

/** One connection to fetch jobs and one to maintain them; another one listens. */
const QUEUE_POOL_SIZE = 2;

/** How to use a PostgreSQL server. */
export interface ServerOptions {
  /** Connections for changes. */
  readonly poolSize?: number;
  readonly pooler?: Pooler;
  /** The same database without a pooler of transactions, for what needs a session. */
  readonly sessionUrl?: string | null;
}

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
 * The ORM's options for a PostgreSQL server. The driver gets the whole URL, because from a `clientUrl` the ORM would
 * drop parameters such as the one that requires TLS.
 */
export const postgresqlOptions = (url: string, driverOptions: pg.PoolConfig = {}, listener?: StatementListener) =>
  defineConfig({
    ...ormOptions,
    driver: ServerDriver,
    dbName: parseLocation(url).database,
    driverOptions: {
      connectionString: url,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      maxLifetimeSeconds: CONNECTION_LIFETIME_SECONDS,
      keepAlive: true,
      application_name: 'postern',
      ...driverOptions,
    },
    ...(listener ? createListeningLogger(listener) : {}),
  });

/** The pool of connections for changes. */
const changePool = (max: number, probe: Probe, sessions: Sessions): pg.PoolConfig => ({
  min: 0,
  max,
  Client: failFastClient({
    isReachable: async () => (await probe.check()) !== 'UNREACHABLE',
    names: new StatementNames(),
    limits: LIMITS,
    sessions,
  }),
  onConnect: preparesSession(LIMITS, sessions),
});

/** Opens a database on a PostgreSQL server. It sends no statement yet. */
export async function openPostgresql(
  url: string,
  listener?: StatementListener,
  { poolSize = 10, pooler = 'none', sessionUrl = null }: ServerOptions = {},
): Promise<Database> {
  const sessions: Sessions = { pooler, tracker: new ServerTracker() };
  const probe = openProbe({ connectionString: url }, sessions);
  const reader = openPostgresqlReader(url, sessions);
  const orm = await MikroORM.init(postgresqlOptions(url, changePool(poolSize, probe, sessions), listener));
  const pool = await orm.em.getDriver().getConnection().getNativeClient();
  const { host, port, database } = parseLocation(url);
  return {
    kind: 'postgresql',
    location: `${host}:${port}/${database}`,
    orm,
    client: { query: (statement) => pool.query({ ...statement, types: pg.types }) },
    reader: withMeasurement(listener ? withStatementListener(reader, listener) : reader),
    checkState: probe.check,
    poolState: watchPool(pool),
    keepsSessions: () => (pooler === 'transaction' ? Promise.resolve(true) : keepsSessions(pool)),
    queueStore: ({ statementMs = LIMITS.statementMs } = {}) => ({
      connectionString: sessionUrl ?? url,
      max: QUEUE_POOL_SIZE,
      application_name: 'postern-jobs',
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      maxLifetimeSeconds: CONNECTION_LIFETIME_SECONDS,
      onConnect: preparesSession({ ...LIMITS, statementMs }, { ...sessions, pooler: 'none' }),
    }),
    close: async () => {
      await probe.close();
      await reader.close();
      await orm.close();
    },
  };
}
