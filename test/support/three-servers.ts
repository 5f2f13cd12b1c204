import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { seconds } from '../../src/duration.js';
import { eventually } from './eventually.js';
import { findConnected } from './find-connected.js';
import { openRaceDatabase, type RaceDatabase } from './race-database.js';
import { cleanUp, startServer, type Environment, type ServerProcess } from './server-process.js';

/** How far the clocks of the three are from the database's (in ms): 30 s from one to the next. */
export const clockShiftsMs = [-seconds(30), 0, seconds(30)] as const;

/** How often all periodic work is done, instead of every few minutes (in ms). */
const INTERVAL_LIMIT_MS = 400;

const preloaded = ['shift-clock.js', 'frequent-timers.js'].map(
  (file) => `--import ${pathToFileURL(join(import.meta.dirname, file)).href}`,
);

/** Three server processes on one PostgreSQL database, whose clocks are 30 s apart. All do all background work often. */
export interface ThreeServers {
  readonly database: RaceDatabase;
  readonly servers: ServerProcess[];
  /** Starts a server again that was killed. */
  restart(number: number): Promise<void>;
  /** Prepares work while all three stand still, so that they find it together. */
  prepareForAll<Prepared>(prepare: () => Promise<Prepared>): Promise<Prepared>;
  /**
   * Prepares work, and kills the server that does it when its statement waits for a table that is locked meanwhile.
   *
   * @param statement a pattern of that statement
   * @returns what was prepared, and the number of the server
   */
  killInTheMiddle<Prepared>(
    { table, statement }: { readonly table: string; readonly statement: string },
    prepare: () => Promise<Prepared>,
  ): Promise<[Prepared, number]>;
  /** Kills the server that has a connection to a port, such as that of a receiver. @returns its number */
  killConnectedTo(port: number): Promise<number>;
  /** What the servers logged as errors, those of killed ones included. */
  errors(): readonly Record<string, unknown>[];
  /** Stops all and drops the database. */
  stop(): Promise<void>;
}

/** The level of errors in the log. */
const ERROR_LEVEL = 50;

/** Starts three servers on a new migrated database, or on one that was prepared. */
export async function startThreeServers(settings: Environment, given?: RaceDatabase): Promise<ThreeServers> {
  const database = given ?? (await openRaceDatabase());
  const all: ServerProcess[] = [];
  const start = async (number: number) => {
    const server = await startServer(
      { DATABASE_URL: database.url, EVENT_SEAL_SECONDS: '1', ...settings },
      {
        NODE_OPTIONS: preloaded.join(' '),
        CLOCK_SHIFT_MS: String(clockShiftsMs[number]),
        INTERVAL_LIMIT_MS: String(INTERVAL_LIMIT_MS),
      },
    );
    all.push(server);
    return server;
  };
  const servers = await Promise.all(clockShiftsMs.map((_, number) => start(number)));
  return {
    database,
    servers,
    restart: async (number) => {
      servers[number] = await start(number);
    },
    prepareForAll: (prepare) => whileStopped(database, servers, prepare),
    killInTheMiddle: async ({ table, statement }, prepare) => {
      const holder = new pg.Client({ connectionString: database.url });
      await holder.connect();
      try {
        const prepared = await whileStopped(database, servers, async () => {
          const result = await prepare();
          await holder.query('begin');
          await holder.query(`lock table ${table} in share mode`);
          return result;
        });
        const number = await findWaiting(database, servers, statement);
        await servers[number]!.process.stop('SIGKILL');
        return [prepared, number];
      } finally {
        await holder.end();
      }
    },
    killConnectedTo: async (port) => {
      let number = -1;
      await eventually(() => (number = findConnected(servers, { remote: port })) >= 0, `a connection to ${port}`);
      await servers[number]!.process.stop('SIGKILL');
      return number;
    },
    errors: () => all.flatMap(({ process }) => process.lines).filter(({ level }) => Number(level) >= ERROR_LEVEL),
    stop: async () => {
      await cleanUp();
      await database.drop();
    },
  };
}

const signal = (servers: readonly ServerProcess[], name: NodeJS.Signals) =>
  servers.forEach(({ process }) => process.child.kill(name));

/** Does something while servers stand still, and none of them in the middle of a transaction. */
async function whileStopped<Result>(
  database: RaceDatabase,
  servers: readonly ServerProcess[],
  work: () => Promise<Result>,
): Promise<Result> {
  await eventually(async () => {
    signal(servers, 'SIGSTOP');
    const busy = await database.query(
      `select pid from pg_stat_activity where datname = current_database() and application_name like 'postern%'
       and state <> 'idle'`,
    );
    if (busy.length > 0) signal(servers, 'SIGCONT');
    return busy.length === 0;
  }, 'no server is in the middle of a transaction');
  return work().finally(() => signal(servers, 'SIGCONT'));
}

/** Waits until a statement of a server waits for a table. @returns the number of the server */
async function findWaiting(database: RaceDatabase, servers: readonly ServerProcess[], statement: string) {
  let found = -1;
  await eventually(async () => {
    const rows = await database.query<{ port: number }>(
      `select client_port as port from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock' and wait_event = 'relation' and query like $1`,
      [statement],
    );
    found = rows.map(({ port }) => findConnected(servers, { local: port })).find((number) => number >= 0) ?? -1;
    return found >= 0;
  }, `a server waits: ${statement}`);
  return found;
}
