import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Database } from '../../src/database/connection/database.js';
import { finishOnline } from '../../src/database/migrate/finish-online.js';
import { openTestDatabase, query } from '../support/database.js';

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

test('creates missing indexes and validates constraints', async () => {
  await query(database, 'alter table attempts add constraint "few" check (failures < 100) not valid');
  await finishOnline(database, [
    {
      name: 'attempts_failures',
      statement: 'create index concurrently "attempts_failures" on "attempts" ("failures")',
    },
  ]);
  expect(
    await query(
      database,
      `select indisvalid as index, convalidated as constraint from pg_index, pg_constraint
       where indexrelid = to_regclass('attempts_failures') and conname = 'few'`,
    ),
  ).toEqual([{ index: true, constraint: true }]);
});
