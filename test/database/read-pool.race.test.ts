import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ServerTracker } from '../../src/database/connection/server-tracker.js';
import { openReadPool, type ReadPool } from '../../src/database/read/read-pool.js';
import { openRaceDatabase, type RaceDatabase } from '../support/race-database.js';

/** How long PostgreSQL lets a transaction idle, and how long this process stands still (in ms). */
const [LIMIT_MS, STILL_MS] = [300, 1_000];

let database: RaceDatabase;
let pool: ReadPool;

beforeAll(async () => {
  database = await openRaceDatabase({ empty: true });
  const sessions = { pooler: 'transaction', tracker: new ServerTracker() } as const;
  pool = openReadPool(database.url, sessions, { connections: 1, limitMs: LIMIT_MS, name: 'postern reads' });
});
afterAll(async () => {
  await pool.close();
  await database.drop();
});

test('fails a read, and not the process, when its connection ends between its statements', async () => {
  const read = () => pool.read('select 1 as one', []);
  expect(await read()).toEqual([{ one: 1 }]);
  const broken = read();
  // The transaction has begun when the process stands still, so PostgreSQL ends the connection.
  await new Promise(setImmediate);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, STILL_MS);
  await expect(broken).rejects.toThrow(/connection|terminat/i);
  expect(await read()).toEqual([{ one: 1 }]);
});
