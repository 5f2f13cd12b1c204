import { afterEach, beforeEach, expect, test } from '@jest/globals';
import pg from 'pg';
import type { Database } from '../../src/database/connection/database.js';
import { openPostgresql } from '../../src/database/connection/postgresql.js';
import { migrate } from '../../src/database/migrate/migrate.js';
import { TablesInUseError } from '../../src/database/migrate/retry-locks.js';
import { explainFailure } from '../../src/server/start-failure.js';
import { eventually } from '../support/eventually.js';
import { openRaceDatabase, type RaceDatabase } from '../support/race-database.js';

let database: RaceDatabase;
let outdated: Database;
let reader: pg.Client;
const applied = () => database.query('select name from migrations order by name');

/** The first of the migrations that change a table with rows of users. */
const before = 'Migration20261129200000_service_scopes';

beforeEach(async () => {
  database = await openRaceDatabase();
  outdated = await openPostgresql(database.url);
  await outdated.orm.migrator.down({ to: before });
  reader = new pg.Client({ connectionString: database.url });
  await reader.connect();
  await reader.query('begin; select 1 from call_keys');
});
afterEach(async () => {
  await reader.end();
  await outdated.close();
  await database.drop();
});

test('waits for a transaction in short tries, and lets others use the table meanwhile', async () => {
  const migrated = migrate(outdated, { timeoutMs: 200, pauseMs: 200, tries: 1_000 });
  const isWaiting = async () =>
    (
      await database.query(
        "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like 'alter table%'",
      )
    ).length > 0;
  await eventually(isWaiting, 'the migration waits');
  await eventually(async () => !(await isWaiting()), 'the migration steps back');
  expect(await database.query('select count(*)::int as keys from call_keys')).toEqual([{ keys: 0 }]);
  await reader.query('commit');
  expect((await migrated).length).toBeGreaterThan(0);
  expect(await migrate(outdated)).toEqual([]);
});

test('gives up and changes nothing when a transaction lasts too long', async () => {
  const names = await applied();
  const failure: unknown = await migrate(outdated, { timeoutMs: 50, pauseMs: 10, tries: 2 }).catch(
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(TablesInUseError);
  expect(explainFailure(failure)).toMatch(/^Postern can't start\. The migrations waited for a table /);
  expect(await applied()).toEqual(names);
});
