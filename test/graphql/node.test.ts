import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fromGlobalId, parseGlobalId, toGlobalId } from '../../src/rules/global-id.js';
import type { Client } from '../support/client.js';
import { query } from '../support/database.js';
import { newUser, signIn, type TestUser } from '../support/users.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { markTwoFactorOn } from '../support/two-factor.js';
import { startBeside } from '../support/start-beside.js';

let postern: TestPostern;
let anna: TestUser;
let bert: TestUser;
let administrator: TestUser;
beforeAll(async () => {
  postern = await startPostern();
  [anna, bert, administrator] = [await newUser(postern), await newUser(postern), await newUser(postern, 'BEARER')];
  await query(postern.database, "update accounts set role = 'ADMIN' where username = ?", [administrator.username]);
});
afterAll(() => postern.close());

const look = (client: Client, id: string) =>
  client.send(
    `query ($id: ID!) {
  node(id: $id) { __typename id ... on User { username role status createdAt lastLoginAt sessions { id current } } ... on Session { current device } }
}`,
    { id },
  );
const sessionOf = async ({ client }: TestUser): Promise<string> =>
  (await client.send('{ me { sessions { id current } } }')).data['me'].sessions.find(
    ({ current }: { current: boolean }) => current,
  ).id;
const statementsOf = async (work: () => Promise<unknown>) => {
  postern.statements.forget();
  await work();
  return [...postern.statements.texts];
};

test('returns callers their own account and sessions by ID (R-57)', async () => {
  const id = await sessionOf(anna);
  expect((await look(anna.client, anna.id)).data).toMatchObject({
    node: {
      __typename: 'User',
      id: anna.id,
      username: anna.username,
      lastLoginAt: expect.any(String),
      sessions: [{ id, current: true }],
    },
  });
  expect((await look(anna.client, id)).data).toMatchObject({ node: { __typename: 'Session', id, current: true } });
});

test('returns null without an error for foreign, unknown and invalid IDs (R-76)', async () => {
  const foreign = [
    bert.id,
    await sessionOf(bert),
    toGlobalId('User', '00000000-0000-7000-8000-000000000000'),
    toGlobalId('Session', '00000000-0000-7000-8000-000000000000'),
    anna.id.replace('user_', 'session_'),
    'user_',
    '',
    'x',
    anna.id.toUpperCase(),
    `${anna.id} `,
    `${anna.id}0`,
    anna.id.slice(0, -1),
    'user_zzzzzzzzzzzzzzzzzzzzzz',
    '__proto__',
    'constructor_0000000000000000000000',
  ];
  const answers = new Set<string>();
  for (const id of foreign) answers.add((await look(anna.client, id)).text);
  expect([...answers].map((text) => JSON.parse(text))).toEqual([{ data: { node: null } }]);
});

test('returns another user to an administrator, with the fields that administrators may see (R-76)', async () => {
  const { data, errors } = await look(administrator.client, bert.id);
  expect(errors).toEqual([]);
  expect(data['node']).toMatchObject({
    id: bert.id,
    username: bert.username,
    lastLoginAt: expect.any(String),
    sessions: [{ current: false }],
  });
});

test('doesn’t return another user’s session to an administrator', async () => {
  expect((await look(administrator.client, await sessionOf(bert))).data).toEqual({ node: null });
});

test('returns null and UNAUTHENTICATED for `node` to an anonymous caller (R-70)', async () => {
  const answer = await look(postern.client(), anna.id);
  expect(answer.data).toEqual({ node: null });
  expect(answer).toFailWith('UNAUTHENTICATED');
});

test('returns null for the protected fields of a user that the caller registered (R-76)', async () => {
  const mutation =
    'mutation ($input: RegisterInput!) { register(input: $input) { user { username role lastLoginAt sessions { id } } userErrors { code } } }';
  const input = (username: string) => ({
    input: { username, password: 'Quiet-Harbour-71', confirmPassword: 'Quiet-Harbour-71', delivery: 'BEARER' },
  });
  for (const [client, username, code] of [
    [postern.client(), 'registered.by.visitor', 'UNAUTHENTICATED'],
    [await signIn(postern, anna), 'registered.by.anna', 'FORBIDDEN'],
  ] as const) {
    const answer = await client.send(mutation, input(username));
    expect(answer.data['register']).toEqual({
      user: { username, role: 'USER', lastLoginAt: null, sessions: null },
      userErrors: [],
    });
    expect(answer.errors.map(({ path, extensions }) => [path?.at(-1), extensions['code']]).sort()).toEqual([
      ['lastLoginAt', code],
      ['sessions', code],
    ]);
  }
});

test('requires 2FA of an administrator for other users, but not for their own account (R-74)', async () => {
  const strict = await startBeside(postern, { TWO_FACTOR_REQUIRED_FOR: 'ADMIN,ROOT' });
  try {
    const client = strict.client();
    client.token = administrator.client.token;
    const other = await look(client, bert.id);
    expect(other.data['node']).toBeNull();
    expect(other).toFailWith('TWO_FACTOR_REQUIRED');
    expect((await look(client, administrator.id)).errors).toEqual([]);
    await markTwoFactorOn(postern.database, administrator.username);
    expect((await look(client, bert.id)).errors).toEqual([]);
  } finally {
    await query(postern.database, 'delete from two_factors');
    await strict.close();
  }
});

test('reads `me { id username role }` with one statement', async () => {
  expect(await statementsOf(() => anna.client.send('{ me { id username role } }'))).toEqual([
    expect.stringMatching(/^select .* from "sessions"/),
  ]);
});

test('reads `me { sessions { id device } }` with two statements, however often it is selected', async () => {
  expect(await statementsOf(() => anna.client.send('{ me { sessions { id device } } }'))).toHaveLength(2);
  expect(
    await statementsOf(() =>
      anna.client.send('{ a: me { sessions { id } } b: me { sessions { device } again: sessions { id } } }'),
    ),
  ).toHaveLength(2);
});

test('reads `me { twoFactor { enabled backupCodesLeft } }` with two statements', async () => {
  expect(
    await statementsOf(() =>
      anna.client.send('{ a: me { twoFactor { enabled } } b: me { twoFactor { enabledAt backupCodesLeft } } }'),
    ),
  ).toHaveLength(2);
});

test('shows two-factor authentication only to the user and to administrators (R-76)', async () => {
  const seen = 'query ($id: ID!) { node(id: $id) { ... on User { twoFactor { enabled backupCodesLeft } } } }';
  for (const client of [bert.client, administrator.client]) {
    expect((await client.send(seen, { id: bert.id })).data).toEqual({
      node: { twoFactor: { enabled: false, backupCodesLeft: 0 } },
    });
  }
  expect((await anna.client.send(seen, { id: bert.id })).data).toEqual({ node: null });
  const mutation =
    'mutation ($input: RegisterInput!) { register(input: $input) { user { twoFactor { enabled } } userErrors { code } } }';
  const made = await postern.client().send(mutation, {
    input: {
      username: 'registered.by.guest',
      password: 'Quiet-Harbour-71',
      confirmPassword: 'Quiet-Harbour-71',
      delivery: 'BEARER',
    },
  });
  expect(made.data['register']).toEqual({ user: { twoFactor: null }, userErrors: [] });
  expect(made).toFailWith('UNAUTHENTICATED');
});

test('reads `node` with at most two statements, and with one for an invalid ID or the caller', async () => {
  expect(await statementsOf(() => look(anna.client, 'nothing'))).toHaveLength(1);
  expect(
    await statementsOf(() => anna.client.send('query ($id: ID!) { node(id: $id) { id } }', { id: anna.id })),
  ).toHaveLength(1);
  expect(
    await statementsOf(() => anna.client.send('query ($id: ID!) { node(id: $id) { id } }', { id: bert.id })),
  ).toHaveLength(1);
  const session = await sessionOf(anna);
  expect(
    await statementsOf(() => anna.client.send('query ($id: ID!) { node(id: $id) { id } }', { id: session })),
  ).toHaveLength(2);
  expect(
    await statementsOf(() => administrator.client.send('query ($id: ID!) { node(id: $id) { id } }', { id: bert.id })),
  ).toHaveLength(2);
});

test('sends no statement to the database for `node` by an anonymous caller', async () => {
  expect(await statementsOf(() => postern.client().send('{ me { id } policy { registration } __typename }'))).toEqual(
    [],
  );
});

test('creates an opaque ID that contains the type, but not the row ID or its time', () => {
  const uuid = '0194fa3c-7d1e-7abc-8def-0123456789ab';
  const id = toGlobalId('User', uuid);
  expect(id).toMatch(/^user_[0-9A-Za-z]{22}$/);
  expect(id).not.toContain('0194');
  expect(fromGlobalId('User', id)).toBe(uuid);
  expect(parseGlobalId(id)).toEqual({ type: 'User', uuid });
  expect(fromGlobalId('Session', id)).toBeNull();
});

test.each([
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '00000000-0000-7000-8000-000000000001',
])('reads the row ID %s back from a global ID', (uuid) => {
  for (const type of ['User', 'Session'] as const)
    expect(parseGlobalId(toGlobalId(type, uuid))).toEqual({ type, uuid });
});

test.each(['user_7n42DGM5Tflk9n8mt7Fhc8', 'user_zzzzzzzzzzzzzzzzzzzzzz'])(
  'rejects a global ID of more than 128 bits: %s',
  (id) => {
    expect(parseGlobalId(id)).toBeNull();
  },
);
