import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { seconds } from '../../src/duration.js';
import type { ExpiringRows } from '../../src/database/sweep/sweep.js';
import { sweeps } from '../../src/server/sweeps.js';
import { eventually } from '../support/eventually.js';
import { clockShiftsMs, startThreeServers, type ThreeServers } from '../support/three-servers.js';
import { insertAccount } from './periodic-cases.js';

let three: ThreeServers;
beforeAll(async () => {
  three = await startThreeServers({});
});
afterAll(() => three.stop());

/** All sweeps of tables. */
const tables = sweeps.flatMap((each): ExpiringRows[] => ('table' in each ? [each] : []));

/** How long from now on the rows are valid. The clock of one process is further ahead. */
const VALID_MS = seconds(4);

/** Values of columns without a default, by their type. */
const values: Readonly<Record<string, string>> = {
  uuid: 'gen_random_uuid()',
  text: 'gen_random_uuid()::text',
  integer: '(random() * 1000000)::int',
  boolean: 'false',
  'timestamp with time zone': 'now()',
  ARRAY: "'{}'",
};

/** Values of columns that refer to another row, or allow some texts only. */
const given: Readonly<Record<string, string>> = {
  account_id: '$2',
  session_id: '(select id from sessions limit 1)',
  webhook_id: '(select id from webhooks limit 1)',
  'second_factor_challenges.delivery': "'BEARER'",
  'second_factor_challenges.origin': "'UNKNOWN'",
  'passkey_challenges.purpose': "'SIGN_IN'",
  'webhook_deliveries.status': "'DELIVERED'",
};

/** Inserts a row that expires at a time. */
async function insertRow({ table, expiry, retentionMs = 0 }: ExpiringRows, account: string, expiresAt: Date) {
  const { query } = three.database;
  const columns = await query<{ name: string; type: string }>(
    `select column_name as name, data_type as type from information_schema.columns where table_name = $1
     and table_schema = current_schema() and is_nullable = 'NO' and column_default is null and column_name <> $2`,
    [table, expiry],
  );
  const chosen = columns.map(({ name, type }) => given[`${table}.${name}`] ?? given[name] ?? values[type]);
  await query(
    `insert into ${table} (${[expiry, ...columns.map(({ name }) => name)].join(', ')})
     select ${['$1', ...chosen].join(', ')} where $2::uuid is not null`,
    [new Date(expiresAt.getTime() - retentionMs), account],
  );
}

/** Records when rows of a table are deleted. */
async function recordDeletions({ table }: ExpiringRows): Promise<void> {
  const { query } = three.database;
  await query(
    `create trigger test_deletions after delete on ${table} for each row execute function test_record_deletion()`,
  );
}

test('deletes expired rows when they expire for the database, whatever the clock of a process says', async () => {
  const { query } = three.database;
  expect(Math.max(...clockShiftsMs)).toBeGreaterThan(VALID_MS);
  await query('create table test_deletions (name text, at timestamptz default clock_timestamp())');
  await query(
    `create function test_record_deletion() returns trigger language plpgsql as
     $$ begin insert into test_deletions (name) values (tg_table_name); return null; end $$`,
  );
  const account = await insertAccount(query);
  await query(
    "insert into webhooks (id, url, description, event_types, status, created_at) values (gen_random_uuid(), '', '', '{}', 'DISABLED', now())",
  );
  await query(
    `insert into sessions (id, account_id, token_hash, auth_version, factors, created_at, last_seen_at, stepped_up_at, idle_seconds, remembered, expires_at)
     values (gen_random_uuid(), $1, 'lasting', 1, '{}', now(), now(), now(), 60, false, now() + interval '1 day')`,
    [account],
  );
  for (const each of tables) await recordDeletions(each);
  const [{ expiresAt }] = (await query<{ expiresAt: Date }>(
    `select clock_timestamp() + make_interval(secs => $1) as "expiresAt"`,
    [VALID_MS / 1_000],
  )) as [{ expiresAt: Date }];
  for (const each of tables) await insertRow(each, account, expiresAt);
  const deleted = () =>
    query<{ name: string; inTime: boolean }>('select name, at >= $1 as "inTime" from test_deletions order by name', [
      expiresAt,
    ]);
  await eventually(async () => (await deleted()).length >= tables.length, 'all are deleted');
  expect(await deleted()).toEqual(
    tables.map(({ table }) => ({ name: table, inTime: true })).sort((a, b) => (a.name < b.name ? -1 : 1)),
  );
  expect(three.errors()).toEqual([]);
});
