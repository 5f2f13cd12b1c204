import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Database } from '../../src/database/database.js';
import { migrate } from '../../src/database/migrate.js';
import { openTestDatabase, query } from '../support/database.js';

let database: Database;
beforeAll(async () => { database = await openTestDatabase(); });
afterAll(() => database.close());

/** The statements that would make the database what the entities describe. */
const differences = async () => (await database.orm.schema.getUpdateSchemaSQL({ wrap: false })).trim();

test('after all migrations the database is what the entities describe', async () => {
  expect(await differences()).toBe('');
});

test.each([
  ['a column that no entity has', 'alter table sessions add column colour text', 'alter table sessions drop column colour'],
  ['a column that may be null and should not', 'alter table sessions alter column token_hash drop not null', 'alter table sessions alter column token_hash set not null'],
  ['a missing index', 'drop index sessions_account_id_index', 'create index sessions_account_id_index on sessions (account_id)'],
])('%s would be noticed', async (_, change, undo) => {
  await query(database, change);
  expect(await differences()).not.toBe('');
  await query(database, undo);
  expect(await differences()).toBe('');
});

test('migrating once more changes nothing', async () => {
  const before = await query(database, 'select name from migrations');
  expect(before.length).toBeGreaterThan(0);
  expect(await migrate(database)).toEqual([]);
  expect(await query(database, 'select name from migrations')).toEqual(before);
});

test.each([
  ['an account that has no username', "insert into accounts (id, role, status, created_at) values (gen_random_uuid(), 'USER', 'ACTIVE', now())"],
  ['a role that there is not', "insert into accounts (id, username, role, status, created_at) values (gen_random_uuid(), 'somebody', 'KING', 'ACTIVE', now())"],
  ['a state that there is not', "insert into accounts (id, username, role, status, created_at) values (gen_random_uuid(), 'somebody', 'USER', 'ASLEEP', now())"],
  ['a session of nobody', "insert into sessions (id, account_id, token_hash, auth_version, factors, created_at, last_seen_at, stepped_up_at, idle_seconds, expires_at) values (gen_random_uuid(), gen_random_uuid(), 'x', 1, '{}', now(), now(), now(), 60, now())"],
])('the database itself refuses %s', async (_, statement) => {
  await expect(query(database, statement)).rejects.toThrow(/null value|check constraint|foreign key/);
  expect(await query(database, 'select id from accounts union all select id from sessions')).toEqual([]);
});

test('the database itself refuses a second account of one username (R-100)', async () => {
  const insert = "insert into accounts (id, username, role, status, created_at) values (gen_random_uuid(), 'twice', 'USER', 'ACTIVE', now())";
  await query(database, insert);
  await expect(query(database, insert)).rejects.toThrow(/accounts_username_unique/);
  expect(await query(database, "select username from accounts where username = 'twice'")).toHaveLength(1);
  await query(database, 'delete from accounts');
});
