import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { newApiToken, program } from '../api-token/own-token.js';
import { newUserOfRole } from '../administration/administrators.js';
import { deleteKeys, newCallKeyOf } from '../call-key/own-keys.js';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { fromGlobalId, toGlobalId } from '../../../src/rules/global-id.js';
import { NIL_ID } from '../../../src/database/connection/id.js';
import { newUser, type TestUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { newAccessToken, programWith } from '../../support/access-tokens.js';
import { call, newGateway, report } from './gateway.js';

let postern: TestPostern;
let gateway: Client;
let admin: Client;
let user: TestUser;
let keys: { id: string }[];
beforeAll(async () => {
  postern = await startPostern();
  gateway = await newGateway(postern);
  admin = (await newUserOfRole(postern, 'ADMIN')).client;
});
afterAll(() => postern.close());

const ago = (hours: number) => new Date(postern.clock.read().getTime() - hours * 3_600_000);

beforeEach(async () => {
  user = await newUser(postern);
  keys = [await newCallKeyOf(user.client, { name: 'laptop' }), await newCallKeyOf(user.client, { name: 'server' })];
  await report(gateway, [
    call(keys[0]!, ago(1), { model: 'small', quota: 5 }),
    call(keys[0]!, ago(30), { model: 'small', quota: 5, type: 'ERROR' }),
    call(keys[1]!, ago(2), { model: 'large', quota: 40 }),
    call(keys[1]!, ago(50), { model: 'medium', quota: 10 }),
    call(keys[1]!, ago(51), { model: 'other', quota: 0 }),
  ]);
});

const shares = '{ label requests errors tokens quota callKey { id name } user { id username } }';
const own = `query ($by: UsageDimension!, $first: Int! = 10, $filter: UsageLogFilter) { me { username usageBreakdown(by: $by, first: $first, filter: $filter) ${shares} } }`;
const all = `query ($by: UsageDimension!, $first: Int! = 10, $filter: AllUsageLogsFilter) { usageBreakdown(by: $by, first: $first, filter: $filter) ${shares} }`;

const ownShares = async (by: string, wanted: object = {}) =>
  (await user.client.send(own, { by, ...wanted })).data['me'].usageBreakdown as Record<string, any>[];
const sharesOf = async (by: string, wanted: object = {}) =>
  (await admin.send(all, { by, ...wanted })).data['usageBreakdown'] as Record<string, any>[];

const none = { callKey: null, user: null };

test('returns the largest shares by quota, then requests, and the rest as one', async () => {
  expect(await ownShares('MODEL', { first: 2 })).toEqual([
    { label: 'large', requests: 1, errors: 0, tokens: 15, quota: 40, ...none },
    { label: 'small', requests: 2, errors: 1, tokens: 30, quota: 10, ...none },
    { label: null, requests: 2, errors: 0, tokens: 30, quota: 10, ...none },
  ]);
  expect((await ownShares('MODEL', { first: 4 })).map(({ label }) => label)).toEqual([
    'large',
    'small',
    'medium',
    'other',
  ]);
  expect(await ownShares('MODEL', { filter: { from: ago(31).toISOString(), to: ago(1.5).toISOString() } })).toEqual([
    { label: 'large', requests: 1, errors: 0, tokens: 15, quota: 40, ...none },
    { label: 'small', requests: 1, errors: 1, tokens: 15, quota: 5, ...none },
  ]);
});

test('denies no field of the shares of models, keys and the rest to their user (R-67)', async () => {
  for (const by of ['MODEL', 'CALL_KEY', 'USER'])
    expect([by, (await user.client.send(own, { by, first: 1 })).errors]).toEqual([by, []]);
});

test('names each key, also when it is deleted and no longer kept for late calls', async () => {
  const owner = { id: user.id, username: user.username };
  const expected = [
    { label: 'server', requests: 3, errors: 0, tokens: 45, quota: 50, user: owner },
    { label: 'laptop', requests: 2, errors: 1, tokens: 30, quota: 10, user: owner },
  ];
  const ids = keys.map(({ id }) => id);
  expect(await ownShares('CALL_KEY')).toEqual(
    [1, 0].map((index, rank) => ({ ...expected[rank], callKey: { id: ids[index], name: expected[rank]!.label } })),
  );
  await deleteKeys(user.client, ids);
  const deleted = expected.map((share) => ({ ...share, callKey: null }));
  expect(await ownShares('CALL_KEY')).toEqual(deleted);
  await query(postern.database, 'delete from deleted_call_keys where account_id = ?', [fromGlobalId('User', user.id)!]);
  expect(await ownShares('CALL_KEY')).toEqual(deleted);
});

test('shows administrators the usage of all accounts by user, model and key (R-99)', async () => {
  const other = await newUser(postern);
  const key = await newCallKeyOf(other.client, { name: 'of another' });
  await report(gateway, [call(key, ago(3), { model: 'large', quota: 1_000 })]);
  const { id, username } = other;
  expect((await sharesOf('USER', { first: 1 }))[0]).toEqual({
    label: username,
    requests: 1,
    errors: 0,
    tokens: 15,
    quota: 1_000,
    callKey: null,
    user: { id, username },
  });
  expect((await sharesOf('CALL_KEY', { first: 1 }))[0]).toMatchObject({
    label: 'of another',
    quota: 1_000,
    callKey: { id: key.id },
    user: { id },
  });
  const total = (await admin.send('{ usageSummary { requests } }')).data['usageSummary'].requests as number;
  for (const by of ['MODEL', 'CALL_KEY', 'USER']) {
    const sum = (await sharesOf(by, { first: 1 })).reduce((count, { requests }) => count + requests, 0);
    expect([by, sum]).toEqual([by, total]);
  }
  expect((await sharesOf('MODEL', { filter: { userId: id } })).map(({ label }) => label)).toEqual(['large']);
  expect(
    (await sharesOf('USER', { filter: { callKeyId: keys[0]!.id } })).map(({ label, requests }) => [label, requests]),
  ).toEqual([[user.username, 2]]);
});

test('has an empty label for an erased user, and null only for the rest', async () => {
  await query(
    postern.database,
    "update accounts set erased_at = now(), deleted_at = now(), status = 'DELETED', status_before_deletion = 'ACTIVE', email = null, password_hash = null where username = ?",
    [user.username],
  );
  const [share] = await sharesOf('USER', { filter: { userId: user.id } });
  expect(share).toMatchObject({ label: '', requests: 5, user: null });
});

test('returns no shares for an account without usage, an unknown one, and that of all accounts', async () => {
  const { id } = await newUser(postern);
  for (const userId of [id, 'user_nobody', toGlobalId('User', NIL_ID)]) {
    for (const by of ['MODEL', 'CALL_KEY', 'USER']) {
      expect([userId, await sharesOf(by, { filter: { userId } })]).toEqual([userId, []]);
    }
  }
  expect(await ownShares('MODEL', { filter: { from: ago(0).toISOString(), to: ago(5).toISOString() } })).toEqual([]);
});

test.each([0, -1, 101])('rejects %i shares, names the argument, and returns the other fields', async (first) => {
  const answer = await user.client.send(own, { by: 'MODEL', first });
  expect(answer).toFailWith('BAD_USER_INPUT');
  expect(answer.errors[0]!.message).toMatch(/^first must be /);
  expect(answer.data['me']).toEqual({ username: user.username, usageBreakdown: null });
});

test('shows only one’s own usage to users and their API tokens (R-67, R-99)', async () => {
  const other = await newUser(postern);
  for (const client of [other.client, program(postern, await newApiToken(other.client))]) {
    expect(
      (await client.send(own, { by: 'MODEL', filter: { callKeyId: keys[0]!.id } })).data['me'].usageBreakdown,
    ).toEqual([]);
    const answer = await client.send(all, { by: 'MODEL' });
    expect(answer).toFailWith('FORBIDDEN');
    expect(answer.data['usageBreakdown']).toBeNull();
  }
  expect(await postern.client().send(all, { by: 'MODEL' })).toFailWith('UNAUTHENTICATED');
});

test('shows the keys of shares only to access tokens that may read keys (R-119)', async () => {
  const { token } = await newAccessToken(user.client, { scopes: ['USAGE_READ'] });
  const answer = await programWith(postern, token).send(own, { by: 'CALL_KEY' });
  expect(answer).toFailWith('FORBIDDEN');
  expect(answer.data['me'].usageBreakdown.map(({ label, callKey }: any) => [label, callKey])).toEqual([
    ['server', null],
    ['laptop', null],
  ]);
});

test('divides the usage of any number of users with a fixed number of statements', async () => {
  const nested = `query ($first: Int!, $shares: Int!) { users(first: $first, orderBy: { field: CREATED_AT, direction: DESC }) { edges { node {
    usageBreakdown(by: CALL_KEY, first: $shares) ${shares} } } } }`;
  const count = async (first: number, shares: number) => {
    await postern.app.dependencies.background.whenIdle();
    postern.statements.forget();
    expect((await admin.send(nested, { first, shares })).errors).toEqual([]);
    return postern.statements.texts.filter((text) => text.includes('select')).length;
  };
  const one = await count(1, 1);
  expect([await count(1, 5), await count(3, 5)]).toEqual([one, one]);
  expect(one).toBeLessThanOrEqual(7);
});
