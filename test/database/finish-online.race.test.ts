import { afterEach, beforeEach, expect, test } from '@jest/globals';
import pg from 'pg';
import type { Database } from '../../src/database/connection/database.js';
import { openPostgresql } from '../../src/database/connection/postgresql.js';
import { finishOnline } from '../../src/database/migrate/finish-online.js';
import { migrate } from '../../src/database/migrate/migrate.js';
import { eventually } from '../support/eventually.js';
import { openRaceDatabase, type RaceDatabase } from '../support/race-database.js';

let database: RaceDatabase;
let first: Database;
let second: Database;
beforeEach(async () => {
  database = await openRaceDatabase();
  [first, second] = [await openPostgresql(database.url), await openPostgresql(database.url)];
});
afterEach(async () => {
  await Promise.all([first.close(), second.close()]);
  await database.drop();
});

const index = {
  name: 'attempts_failures',
  statement: 'create index concurrently "attempts_failures" on "attempts" ("failures")',
};

const isValid = async () => {
  const [row] = await database.query<{ valid: boolean }>(
    "select indisvalid as valid from pg_index where indexrelid = to_regclass('attempts_failures')",
  );
  return row?.valid ?? null;
};

/** The process of a statement that creates the index, once it waits for a transaction. */
async function waitingProcess(): Promise<number> {
  let pid = 0;
  await eventually(async () => {
    const [row] = await database.query<{ pid: number }>(
      `select pid from pg_stat_activity where datname = current_database() and query like 'create index concurrently%'
       and wait_event_type = 'Lock'`,
    );
    pid = row?.pid ?? 0;
    return pid !== 0;
  }, 'the index waits for a transaction');
  return pid;
}

/** Runs work while a transaction that has changed the table is open. */
async function besideTransaction(work: () => Promise<void>): Promise<void> {
  const other = new pg.Client({ connectionString: database.url });
  await other.connect();
  try {
    await other.query("begin; insert into attempts (bucket, failures) values ('open', 1)");
    await work();
    await other.query('commit');
  } finally {
    await other.end();
  }
}

test('creates an index once while the table accepts changes, when two instances do so', async () => {
  let done: Promise<unknown> = Promise.resolve();
  await besideTransaction(async () => {
    done = Promise.all([finishOnline(first, [index]), finishOnline(second, [index])]);
    await waitingProcess();
    await database.query("insert into attempts (bucket, failures) values ('meanwhile', 1)");
  });
  await done;
  expect(await isValid()).toBe(true);
  expect(await database.query("select bucket from attempts where bucket in ('open', 'meanwhile')")).toHaveLength(2);
});

test('replaces the invalid index that an interruption left', async () => {
  await besideTransaction(async () => {
    const interrupted = finishOnline(first, [index]).catch((error: unknown) => error);
    await database.query('select pg_cancel_backend($1)', [await waitingProcess()]);
    expect(await interrupted).toBeInstanceOf(Error);
  });
  expect(await isValid()).toBe(false);
  await finishOnline(first, [index]);
  expect(await isValid()).toBe(true);
});

test('gives connections their time limits back', async () => {
  const one = await openPostgresql(database.url, undefined, { poolSize: 1 });
  const limits = () =>
    one.orm.em
      .fork()
      .execute("select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock");
  try {
    const before = await limits();
    await finishOnline(one, [index]);
    expect(await limits()).toEqual(before);
    expect(before).toEqual([{ statement: '5s', lock: '4s' }]);
  } finally {
    await one.close();
  }
});

test('validates a constraint that a migration added as not valid', async () => {
  await database.query('alter table attempts add constraint "few" check (failures < 100) not valid');
  await migrate(first);
  expect(await database.query("select convalidated from pg_constraint where conname = 'few'")).toEqual([
    { convalidated: true },
  ]);
});

test('reports the constraint when rows violate it', async () => {
  await database.query("insert into attempts (bucket, failures) values ('many', 500)");
  await database.query('alter table attempts add constraint "few" check (failures < 100) not valid');
  await expect(migrate(first)).rejects.toThrow(/"few"/);
});
