import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { toGlobalId } from '../../../src/rules/global-id.js';
import { act } from '../administration/actions.js';
import { newAccessToken, revokeAccessTokens, rotateAccessToken } from '../../support/access-tokens.js';
import type { Client } from '../../support/client.js';
import { registerAt } from '../../support/registrations.js';
import { startTwoServers, type TwoServers } from '../../support/two-servers.js';

let two: TwoServers;
beforeAll(async () => {
  two = await startTwoServers();
});
afterAll(() => two.stop());

const createKey = (client: Client) => client.send('mutation { createCallKey(input: { name: "key" }) { key } }');

async function userWithToken() {
  const { username, client } = await registerAt(two.servers[0]);
  const [row] = await two.database.query<{ id: string }>('select id from accounts where username = $1', [username]);
  const { token, id } = await newAccessToken(client, { scopes: ['KEYS_WRITE'] });
  return { username, accountId: row!.id, client, token, id, program: two.client(1, token) };
}

const keysOf = (accountId: string) => two.database.query('select 1 from call_keys where account_id = $1', [accountId]);

test('creates no call key with a token that a concurrent request revokes first (D-1, R-114)', async () => {
  const { accountId, client, id, program } = await userWithToken();
  const [revoked, created] = await two.oneBeforeTheOther(
    accountId,
    () => revokeAccessTokens(client, [id]),
    () => createKey(program),
  );
  expect(revoked.data.revokeAccessTokens!.revokedIds).toEqual([id]);
  expect(created.errors.map(({ extensions }) => extensions['code'])).toEqual(['UNAUTHENTICATED']);
  expect(await keysOf(accountId)).toEqual([]);
});

test('creates no call key with a token that a concurrent request replaces first (D-1, R-117)', async () => {
  const { accountId, client, id, program } = await userWithToken();
  const [rotated, created] = await two.oneBeforeTheOther(
    accountId,
    () => rotateAccessToken(client, { id, graceHours: 0 }),
    () => createKey(program),
  );
  expect(rotated.data.rotateAccessToken!.userErrors).toEqual([]);
  expect(created.errors.map(({ extensions }) => extensions['code'])).toEqual(['UNAUTHENTICATED']);
  expect(await keysOf(accountId)).toEqual([]);
});

test('creates no call key with a token that a concurrent demotion ends first (R-115)', async () => {
  const { username, accountId, client } = await userWithToken();
  await two.database.query("update accounts set role = 'ADMIN' where username = $1", [username]);
  const { token } = await newAccessToken(client, { scopes: ['KEYS_WRITE', 'USERS_READ'] });
  const root = await registerAt(two.servers[0]);
  await two.database.query("update accounts set role = 'ROOT' where username = $1", [root.username]);
  const [demoted, created] = await two.oneBeforeTheOther(
    accountId,
    () => act(root.client, 'setUserRole', { userId: toGlobalId('User', accountId), role: 'USER' }),
    () => createKey(two.client(1, token)),
  );
  expect(demoted.data['setUserRole'].userErrors).toEqual([]);
  expect(created.errors.map(({ extensions }) => extensions['code'])).toEqual(['UNAUTHENTICATED']);
  expect(await keysOf(accountId)).toEqual([]);
});

test('keeps the call key that a token creates before a concurrent request revokes it', async () => {
  const { accountId, client, id, program } = await userWithToken();
  const [created] = await two.oneBeforeTheOther(
    accountId,
    () => createKey(program),
    () => revokeAccessTokens(client, [id]),
  );
  expect(created.errors).toEqual([]);
  expect(await keysOf(accountId)).toHaveLength(1);
  expect((await program.send('{ me { username } }')).status).toBe(401);
});

test('replaces a token once when 20 rotations run concurrently; one token works afterwards (R-117)', async () => {
  const { client, id } = await userWithToken();
  const answers = await Promise.all(Array.from({ length: 20 }, () => rotateAccessToken(client, { id, graceHours: 0 })));
  const tokens = answers.flatMap(({ data }) => data?.rotateAccessToken?.token ?? []);
  const statuses = await Promise.all(
    tokens.map(async (token) => (await two.client(0, token).send('{ me { username } }')).status),
  );
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
});

test('holds the limit of 50 tokens when 60 are created concurrently on two processes (R-118)', async () => {
  const { accountId, client } = await userWithToken();
  const other = two.client(1, client.token!);
  await Promise.all(
    Array.from({ length: 60 }, (_, number) => newAccessToken(number % 2 ? client : other).catch(() => null)),
  );
  const rows = await two.database.query('select 1 from access_tokens where account_id = $1', [accountId]);
  expect(rows).toHaveLength(50);
});
