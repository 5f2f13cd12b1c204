import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { AccountEntity } from '../../src/features/account/account.entity.js';
import { CallKeyEntity } from '../../src/features/call-key/call-key.entity.js';
import { fork, type Database } from '../../src/database/connection/database.js';
import { newId } from '../../src/database/connection/id.js';
import { select, type Tables } from '../../src/database/read/select.js';
import { openTestDatabase, query } from '../support/database.js';

const heard: string[] = [];
const [at, quota] = [new Date('2026-11-23T12:34:56.789Z'), 2n ** 62n];
const [account, id] = [newId(at), newId(at)];
let database: Database;
beforeAll(async () => {
  database = await openTestDatabase((sql) => heard.push(sql));
  const em = fork(database);
  await em.insert(AccountEntity, {
    id: account,
    username: 'anna',
    role: 'USER',
    status: 'ACTIVE',
    authVersion: 1,
    createdAt: at,
  });
  await em.insert(CallKeyEntity, {
    id,
    account,
    name: 'a key',
    keyHash: 'a hash',
    hint: 'sk-…',
    models: ['a', 'b, "c"'],
    allowedIps: [],
    expiresAt: null,
    quotaLeft: null,
    quotaUsed: quota,
    createdAt: at,
  });
});
afterAll(() => database.close());

const columns = [
  'created_at as createdAt',
  'expires_at as expiresAt',
  'quota_used as quotaUsed',
  'quota_left as quotaLeft',
  'models',
] as const;
const values = { createdAt: at, expiresAt: null, quotaUsed: quota, quotaLeft: null, models: ['a', 'b, "c"'] };
const keys = select('test_keys', (db) => db.selectFrom('call_keys').select(columns));

test.each<[name: string, read: () => Promise<readonly object[]>]>([
  ['a hot read', () => keys(database.reader, {})],
  [
    'a read of the query builder',
    () => fork(database).getKysely<Tables>().selectFrom('call_keys').select(columns).execute(),
  ],
  [
    'a write that returns its row',
    () => fork(database).getKysely<Tables>().updateTable('call_keys').set({ name: 'key' }).returning(columns).execute(),
  ],
  [
    'a statement in text',
    () =>
      query(
        database,
        'select created_at as "createdAt", expires_at as "expiresAt", quota_used as "quotaUsed", quota_left as "quotaLeft", models from call_keys',
      ),
  ],
  ['an entity', () => fork(database).find(CallKeyEntity, { id })],
])('returns timestamps as dates and bigints as BigInt from %s', async (_, read) => {
  const [row] = await read();
  expect(row).toMatchObject(values);
});

test('doesn’t write an entity that was read but not changed', async () => {
  const em = fork(database);
  await em.findOneOrFail(CallKeyEntity, { id });
  heard.length = 0;
  await em.flush();
  expect(heard).toEqual([]);
});

test('writes an entity that was changed', async () => {
  const em = fork(database);
  const key = await em.findOneOrFail(CallKeyEntity, { id });
  key.quotaUsed += 1n;
  await em.flush();
  expect(await fork(database).count(CallKeyEntity, { quotaUsed: quota + 1n, createdAt: at })).toBe(1);
});

test('returns a count of rows as a number', async () => {
  const em = fork(database);
  expect([await em.count(CallKeyEntity, { account }), await em.count(CallKeyEntity, { account: id })]).toEqual([1, 0]);
});
