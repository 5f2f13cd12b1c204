import pg from 'pg';
import type { Client } from './client.js';
import { openRaceDatabase, type RaceDatabase } from './race-database.js';
import { cleanUp, startServer, type Environment, type ServerProcess } from './server-process.js';

/** Two server processes on one PostgreSQL database, for one race test file. */
export interface TwoServers {
  readonly database: RaceDatabase;
  readonly servers: readonly [ServerProcess, ServerProcess];
  /** A client of server `number % 2`, with an optional bearer token. */
  client(number: number, token?: string): Client;
  /**
   * Runs one action up to its security event, the last step of every change, then another one until it waits for the
   * first, then lets both continue. The first is not visible until then.
   */
  oneWhileTheOtherEnds<One, Other>(one: () => Promise<One>, other: () => Promise<Other>): Promise<[One, Other]>;
  /**
   * Holds an account's row until one action and then another one wait for it, then lets both continue. PostgreSQL
   * grants the row in this order, so the other one finds what the first has changed.
   */
  oneBeforeTheOther<One, Other>(
    accountId: string,
    one: () => Promise<One>,
    other: () => Promise<Other>,
  ): Promise<[One, Other]>;
  /**
   * Holds a limit until an action waits to count against it, runs another one to its end, and lets the first continue.
   */
  oneBetweenTheSteps<One, Other>(
    limit: string,
    one: () => Promise<One>,
    other: () => Promise<Other>,
  ): Promise<[One, Other]>;
  /** Stops both and drops the database. */
  stop(): Promise<void>;
}

/** How long a number of statements may take to start waiting (in ms): less than the servers' lock timeout. */
const PATIENCE_MS = 3_000;

/** Resolves when a number of statements wait for a lock. */
async function waitingForLocks(database: RaceDatabase, count: number): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  const waiting = () =>
    database.query("select pid from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()");
  while ((await waiting()).length < count) {
    if (performance.now() > deadline) throw new Error(`fewer than ${count} statements wait for a lock`);
  }
}

type Hold = (holder: pg.Client) => Promise<unknown>;

/** Takes a lock, and releases it when the actions that are started meanwhile have got far enough. */
async function whileHeld<Result>(database: RaceDatabase, hold: Hold, start: () => Promise<() => Promise<Result>>) {
  const holder = new pg.Client({ connectionString: database.url });
  await holder.connect();
  try {
    await holder.query('begin');
    await hold(holder);
    const finish = await start();
    await holder.query('rollback');
    return await finish();
  } finally {
    await holder.end();
  }
}

/** Takes a lock, starts an action that waits for it and then another one, and releases the lock. */
const inOrder = <One, Other>(
  database: RaceDatabase,
  hold: Hold,
  one: () => Promise<One>,
  other: () => Promise<Other>,
): Promise<[One, Other]> =>
  whileHeld(database, hold, async () => {
    const first = one();
    await waitingForLocks(database, 1);
    const second = other();
    await waitingForLocks(database, 2);
    return () => Promise.all([first, second]);
  });

/** Starts two servers on a new migrated database. */
export async function startTwoServers(settings: Environment = {}): Promise<TwoServers> {
  const database = await openRaceDatabase();
  const start = () => startServer({ DATABASE_URL: database.url, ...settings });
  const servers = await Promise.all([start(), start()]);
  return {
    database,
    servers,
    client: (number, token) => Object.assign(servers[number % 2 === 0 ? 0 : 1].client(), { token: token ?? null }),
    oneWhileTheOtherEnds: (one, other) =>
      inOrder(database, (holder) => holder.query('lock table security_events in share mode'), one, other),
    oneBeforeTheOther: (accountId, one, other) =>
      inOrder(
        database,
        (holder) => holder.query('select 1 from accounts where id = $1 for no key update', [accountId]),
        one,
        other,
      ),
    oneBetweenTheSteps: (limit, one, other) =>
      whileHeld(
        database,
        (holder) => holder.query('insert into rate_limits (key, points) values ($1, 0)', [limit]),
        async () => {
          const first = one();
          await waitingForLocks(database, 1);
          const second = await other();
          return async () => [await first, second];
        },
      ),
    stop: async () => {
      await cleanUp();
      await database.drop();
    },
  };
}
