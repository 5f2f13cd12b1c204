import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fork, type Database } from '../../../src/database/connection/database.js';
import { minimumIdAt, idToBytes } from '../../../src/database/connection/id.js';
import { createPartitions, toMonth } from '../../../src/database/partition/monthly-partitions.js';
import { sweep } from '../../../src/server/sweeps.js';
import { MonthStillOpenError, purgeUsage } from '../../../src/features/usage/purge-usage.js';
import { usageLogId } from '../../../src/features/usage/insert-usage-logs.js';
import { openTestDatabase, query } from '../../support/database.js';

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const tables = ['usage_logs', 'usage_totals'];

/** The partitions of a table with their bounds, from the database catalog. */
const partitions = (table: string) =>
  query<{ name: string; bounds: string }>(
    database,
    `
  select child.relname as name, pg_get_expr(child.relpartbound, child.oid) as bounds from pg_inherits
  join pg_class child on child.oid = inhrelid join pg_class parent on parent.oid = inhparent where parent.relname = ? order by 1`,
    [table],
  );
const months = async (table: string) =>
  (await partitions(table)).map(({ name }) => name.slice(table.length + 1).replace('_', '-'));

/** A number of months from a date on, as text. */
const monthsFrom = (first: Date, count: number) =>
  Array.from({ length: count }, (_, after) => toMonth(first, after).toISOString().slice(0, 7));

const account = '0194fa3c-7d1e-7abc-8def-0123456789ab';
const insertLog = (at: Date) =>
  query(
    database,
    `
  insert into usage_logs (id, at, account_id, call_key_id, call_key_name, type, model, prompt_tokens, completion_tokens, quota, request_id)
  values (?, ?, ?, ?, 'a key', 'CONSUME', 'a model', 1, 1, 1, 'a request')`,
    [usageLogId(at, idToBytes(account), 'a request'), at, account, account],
  );
const insertTotal = (at: Date) =>
  query(
    database,
    `
  insert into usage_totals (account_id, period, at, call_key_id, model, type, requests, prompt_tokens, completion_tokens, quota)
  values (?, 'DAY', ?, ?, 'a model', 'CONSUME', 1, 1, 1, 1)`,
    [account, at, account],
  );

test('creates usage partitions from two months back to three months ahead when migrating', async () => {
  for (const table of tables) expect(await months(table)).toEqual(monthsFrom(toMonth(new Date(), -2), 6));
});

test.each([
  ['usage_logs', 'RANGE (id)'],
  ['usage_totals', 'RANGE (at)'],
])('partitions %s by %s, with the indexes of the table on each partition', async (table, key) => {
  expect(await query(database, 'select pg_get_partkeydef(?::regclass) as key', [table])).toEqual([{ key }]);
  const indexes = (name: string) =>
    query<{ columns: string }>(
      database,
      "select regexp_replace(indexdef, '^.* USING ', '') as columns from pg_indexes where tablename = ? order by 1",
      [name],
    );
  const own = await indexes(table);
  for (const { name } of await partitions(table)) expect(await indexes(name)).toEqual(own);
  expect(own).toHaveLength(table === 'usage_logs' ? 8 : 1);
});

test('bounds a partition by the first IDs of its month and of the next month, without a gap', async () => {
  const found = await partitions('usage_logs');
  const bounds = found.map(({ bounds: text }) => /FROM \('(.+)'\) TO \('(.+)'\)/.exec(text)!.slice(1));
  found.forEach(({ name }, place) => {
    const month = new Date(`${name.slice(-7).replace('_', '-')}-01T00:00:00Z`);
    expect(bounds[place]).toEqual([minimumIdAt(month), minimumIdAt(toMonth(month, 1))]);
  });
});

test('creates the partitions of future months when sweeping, and nothing the second time', async () => {
  const later = toMonth(new Date(), 5);
  await sweep(database, later);
  for (const table of tables) expect(await months(table)).toEqual(monthsFrom(toMonth(new Date(), -2), 11));
  expect(await createPartitions(fork(database), later)).toEqual([]);
});

test('stores each usage row in the partition of its time, and fails if there is none', async () => {
  const next = toMonth(new Date(), 1);
  for (const at of [new Date(next.getTime() - 1), next]) await insertLog(at);
  const rows = await query<{ place: string }>(
    database,
    'select tableoid::regclass::text as place from usage_logs order by id',
  );
  expect(rows.map(({ place }) => place.slice(-7).replace('_', '-'))).toEqual(monthsFrom(toMonth(new Date()), 2));
  await expect(insertLog(toMonth(new Date(), -12))).rejects.toThrow(/no partition/);
});

test('drops whole months of usage logs and totals, but none that can still receive calls', async () => {
  const now = toMonth(new Date(), 5);
  const early = toMonth(new Date());
  const em = fork(database);
  for (const month of monthsFrom(early, 5)) await insertTotal(new Date(`${month}-01T00:00:00Z`));
  await expect(purgeUsage(em, toMonth(now, -1), now)).rejects.toThrow(MonthStillOpenError);
  expect(await query(database, 'select 1 from usage_totals')).toHaveLength(5);
  const gone = await purgeUsage(em, toMonth(now, -2), now);
  expect(gone.map((month) => month.toISOString().slice(0, 7))).toEqual(monthsFrom(toMonth(new Date(), -2), 5));
  for (const table of tables) expect(await months(table)).toEqual(monthsFrom(toMonth(now, -2), 6));
  expect([
    await query(database, 'select 1 from usage_totals'),
    await query(database, 'select 1 from usage_logs'),
  ]).toEqual([[expect.anything(), expect.anything()], []]);
  expect(await purgeUsage(em, toMonth(now, -2), now)).toEqual([]);
});

test.each([
  [0, 8],
  [5, 8],
  [1, 6],
  [3, 7],
])(
  'applies a retention of %i months by keeping %i, never fewer than can still receive calls',
  async (retention, kept) => {
    const now = toMonth(new Date(), 7);
    await createPartitions(fork(database), now, toMonth(now, -4));
    await sweep(database, now, { usageRetentionMonths: retention });
    for (const table of tables) expect(await months(table)).toEqual(monthsFrom(toMonth(now, 4 - kept), kept));
  },
);
