import type { Client } from './client.js';
import { openRaceDatabase, type RaceDatabase } from './race-database.js';
import { cleanUp, startServer, type ServerProcess } from './server-process.js';

/** Two server processes on one PostgreSQL database of one race test file. */
export interface TwoServers {
  readonly database: RaceDatabase;
  readonly servers: readonly [ServerProcess, ServerProcess];
  /** A client of the servers in turn, by a number, with a bearer token or none. */
  client(number: number, token?: string): Client;
  /** Ends both, and drops the database. */
  stop(): Promise<void>;
}

/** Starts two servers on a migrated database of their own. */
export async function startTwoServers(): Promise<TwoServers> {
  const database = await openRaceDatabase();
  const start = () => startServer({ DATABASE_URL: database.url });
  const servers = await Promise.all([start(), start()]);
  return {
    database, servers,
    client: (number, token) => Object.assign(servers[number % 2 === 0 ? 0 : 1].client(), { token: token ?? null }),
    stop: async () => {
      await cleanUp();
      await database.drop();
    },
  };
}
