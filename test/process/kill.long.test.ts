import { randomInt } from 'node:crypto';
import { afterEach, expect, test } from '@jest/globals';
import { openRaceDatabase, type RaceDatabase } from '../support/race-database.js';
import { findLost, registerAt, type Registered } from '../support/registrations.js';
import {
  cleanUp,
  migratedFolder,
  startServer,
  type Environment,
  type ServerProcess,
} from '../support/server-process.js';

let database: RaceDatabase | undefined;
afterEach(async () => {
  await cleanUp();
  await database?.drop();
});

const KILLS = 20;
const CONCURRENT_USERS = 6;
const TIMEOUT_MS = 600_000;

/**
 * Signs up several users concurrently, until the server is killed after some acknowledgements. @returns the
 * acknowledged users
 */
async function registerUntilKilled(server: ServerProcess): Promise<Registered[]> {
  const acknowledged: Registered[] = [];
  const killAfter = randomInt(1, 30);
  const registerRepeatedly = async () => {
    for (;;) {
      acknowledged.push(await registerAt(server));
      if (acknowledged.length === killAfter) server.process.child.kill('SIGKILL');
    }
  };
  await Promise.allSettled(Array.from({ length: CONCURRENT_USERS }, registerRepeatedly));
  await server.process.ended;
  return acknowledged;
}

/** Kills servers during their work, and checks that the next one has every user that the previous one acknowledged. */
async function killAgainAndAgain(settings: Environment): Promise<{ acknowledged: number; lost: string[] }> {
  const registered: Registered[] = [];
  const lost: string[] = [];
  let latest: Registered[] = [];
  for (let kills = 0; kills < KILLS; kills += 1) {
    const server = await startServer(settings);
    lost.push(...(await findLost(server, latest)));
    latest = await registerUntilKilled(server);
    registered.push(...latest);
  }
  lost.push(...(await findLost(await startServer(settings), registered)));
  return { acknowledged: registered.length, lost };
}

test(
  'loses no acknowledged account or session when killed 20 times on the embedded database',
  async () => {
    const { acknowledged, lost } = await killAgainAndAgain({ DATA_DIR: migratedFolder() });
    expect(acknowledged).toBeGreaterThanOrEqual(KILLS);
    expect(lost).toEqual([]);
  },
  TIMEOUT_MS,
);

test(
  'loses no acknowledged account or session when killed 20 times on PostgreSQL',
  async () => {
    database = await openRaceDatabase();
    const { acknowledged, lost } = await killAgainAndAgain({ DATABASE_URL: database.url });
    expect(acknowledged).toBeGreaterThanOrEqual(KILLS);
    expect(lost).toEqual([]);
  },
  TIMEOUT_MS,
);
