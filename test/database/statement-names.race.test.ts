import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Database } from '../../src/database/connection/database.js';
import { openRaceDatabase, type RaceDatabase } from '../support/race-database.js';

/** On PostgreSQL. */
let race: RaceDatabase;
let database: Database;
beforeAll(async () => {
  race = await openRaceDatabase();
  database = await race.open();
});
afterAll(() => race.drop());

test('keeps working when a migration changes the table of a named statement', async () => {
  const connection = database.orm.em.getConnection();
  const count = () =>
    connection.execute<{ count: string }[]>('select count(id)::text as count from accounts where role = ?', ['ROOT']);
  const names = () =>
    connection.execute<{ statement: string }[]>(
      "select statement from pg_prepared_statements where name like 'postern_%'",
    );
  for (let round = 0; round < 5; round += 1) expect(await count()).toEqual([{ count: '0' }]);
  expect((await names()).map(({ statement }) => statement)).toEqual([
    expect.stringContaining('from accounts where role = $1'),
  ]);
  await race.query('alter table accounts add column added_later text');
  expect(await count()).toEqual([{ count: '0' }]);
});
