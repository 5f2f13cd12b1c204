import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Database } from '../../src/database/connection/database.js';
import { fork } from '../../src/database/connection/database.js';
import { sweep } from '../../src/server/sweeps.js';
import { openRaceDatabase, type RaceDatabase } from '../support/race-database.js';

let race: RaceDatabase;
let instances: Database[];
beforeAll(async () => {
  race = await openRaceDatabase();
  instances = await Promise.all([1, 2, 3].map(() => race.open()));
});
afterAll(() => race.drop());

const now = new Date();
const addForgotten = (count: number) =>
  race.query(
    "insert into attempts (bucket, failures, forgotten_at) select 'stranger:' || gen_random_uuid(), 1, $1::timestamptz - make_interval(secs => n % 7) from generate_series(1, $2::int) n",
    [now, count],
  );
const bucketsLeft = async () => (await race.query('select bucket from attempts')).length;

test('deletes all expired rows when instances sweep concurrently', async () => {
  await addForgotten(12_000);
  await Promise.all(instances.map((instance) => sweep(instance, now)));
  await sweep(instances[0]!, now);
  expect(await bucketsLeft()).toBe(0);
});

test('keeps failed attempts that are renewed during a sweep, without waiting for the sweep (R-18)', async () => {
  await addForgotten(3);
  await fork(instances[1]!).transactional(async (em) => {
    await em.execute(
      'update attempts set forgotten_at = ? where bucket = (select bucket from attempts order by bucket limit 1)',
      [new Date(now.getTime() + 60_000)],
    );
    await sweep(instances[0]!, now);
  });
  expect(await bucketsLeft()).toBe(1);
  await sweep(instances[0]!, now);
  expect(await bucketsLeft()).toBe(1);
});
