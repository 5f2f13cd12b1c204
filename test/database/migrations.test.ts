import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Database } from '../../src/database/connection/database.js';
import { migrate } from '../../src/database/migrate/migrate.js';
import { openTestDatabase, query } from '../support/database.js';

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

/** The statements that would change the database to match the entities. */
const differences = async () => (await database.orm.schema.getUpdateSchemaSQL({ wrap: false })).trim();

test('migrates the database to exactly the schema that the entities describe', async () => {
  expect(await differences()).toBe('');
});

test.each([
  [
    'a column that no entity has',
    'alter table sessions add column colour text',
    'alter table sessions drop column colour',
  ],
  [
    'a nullable column that should not be',
    'alter table sessions alter column token_hash drop not null',
    'alter table sessions alter column token_hash set not null',
  ],
  [
    'a missing index',
    'drop index sessions_account_id_index',
    'create index sessions_account_id_index on sessions (account_id)',
  ],
])('detects a difference in the schema: %s', async (_, change, undo) => {
  await query(database, change);
  expect(await differences()).not.toBe('');
  await query(database, undo);
  expect(await differences()).toBe('');
});

test('changes nothing when the database is migrated again', async () => {
  const before = await query(database, 'select name from migrations');
  expect(before.length).toBeGreaterThan(0);
  expect(await migrate(database)).toEqual([]);
  expect(await query(database, 'select name from migrations')).toEqual(before);
});

test.each([
  [
    'an account that has no username',
    "insert into accounts (id, role, status, created_at) values (gen_random_uuid(), 'USER', 'ACTIVE', now())",
  ],
  [
    'an unknown role',
    "insert into accounts (id, username, role, status, created_at) values (gen_random_uuid(), 'somebody', 'KING', 'ACTIVE', now())",
  ],
  [
    'an unknown status',
    "insert into accounts (id, username, role, status, created_at) values (gen_random_uuid(), 'somebody', 'USER', 'ASLEEP', now())",
  ],
  [
    'a session without an account',
    "insert into sessions (id, account_id, token_hash, auth_version, factors, methods, created_at, last_seen_at, stepped_up_at, idle_seconds, expires_at) values (gen_random_uuid(), gen_random_uuid(), 'x', 1, '{}', '{}', now(), now(), now(), 60, now())",
  ],
])('rejects %s with a database constraint', async (_, statement) => {
  await expect(query(database, statement)).rejects.toThrow(/null value|check constraint|foreign key/);
  expect(await query(database, 'select id from accounts union all select id from sessions')).toEqual([]);
});

describe('a call key in the database', () => {
  const owner = '0194fa3c-7d1e-7abc-8def-0123456789ab';
  const key = (changed: Record<string, string>) => {
    const values = {
      id: 'gen_random_uuid()',
      account_id: `'${owner}'`,
      name: "'laptop'",
      key_hash: "'x'",
      hint: "'sk-aB3dE…9xYz'",
      models: "'{}'",
      allowed_ips: "'{}'",
      created_at: 'now()',
      ...changed,
    };
    return `insert into call_keys (${Object.keys(values).join(', ')}) values (${Object.values(values).join(', ')})`;
  };
  beforeAll(() =>
    query(
      database,
      `insert into accounts (id, username, role, status, created_at) values ('${owner}', 'owner', 'USER', 'ACTIVE', now())`,
    ),
  );
  afterAll(() => query(database, `delete from accounts where id = '${owner}'`));

  test.each([
    ['has an owner', { account_id: 'gen_random_uuid()' }, /call_keys_account_id_foreign/],
    ['has a name', { name: "''" }, /call_keys_name_length/],
    ['has a name of at most 64 characters', { name: `'${'n'.repeat(65)}'` }, /call_keys_name_length/],
    ['has both an old secret and its expiry, or neither', { old_key_hash: "'y'" }, /call_keys_old_key_with_end/],
    [
      'has an old secret that differs from the new one',
      { old_key_hash: "'x'", old_key_valid_until: 'now()' },
      /call_keys_old_key_is_another/,
    ],
    ['has no negative quota left', { quota_left: '-1' }, /call_keys_quota_not_negative/],
    ['has no negative quota used', { quota_used: '-1' }, /call_keys_quota_not_negative/],
  ])('rejects, with a database constraint, a call key that %s', async (_, changed, refusal) => {
    await expect(query(database, key(changed))).rejects.toThrow(refusal);
    expect(await query(database, 'select id from call_keys')).toEqual([]);
  });

  test('rejects a second call key with the same current or old secret (R-66)', async () => {
    await query(database, key({ old_key_hash: "'y'", old_key_valid_until: 'now()' }));
    await expect(query(database, key({}))).rejects.toThrow(/call_keys_key_hash_unique/);
    await expect(
      query(database, key({ key_hash: "'z'", old_key_hash: "'y'", old_key_valid_until: 'now()' })),
    ).rejects.toThrow(/call_keys_old_key_hash_unique/);
  });

  test('deletes the call keys of a deleted account', async () => {
    await query(database, `delete from accounts where id = '${owner}'`);
    expect(await query(database, 'select id from call_keys')).toEqual([]);
  });
});

test('rejects a second account with the same username (R-100)', async () => {
  const insert =
    "insert into accounts (id, username, role, status, created_at) values (gen_random_uuid(), 'twice', 'USER', 'ACTIVE', now())";
  await query(database, insert);
  await expect(query(database, insert)).rejects.toThrow(/accounts_username_unique/);
  expect(await query(database, "select username from accounts where username = 'twice'")).toHaveLength(1);
  await query(database, 'delete from accounts');
});
