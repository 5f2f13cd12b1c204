import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newApiToken, program } from '../api-token/own-token.js';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { goodPassword, newUser, type TestUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { keysOf, namesOf, newCallKeyOf, updateKey } from './own-keys.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

/** A user with call keys of these names, in order of creation. */
async function userWithKeys(...names: string[]): Promise<TestUser> {
  const user = await newUser(postern);
  for (const name of names) await newCallKeyOf(user.client, { name });
  return user;
}

test('returns an empty page for an account without call keys', async () => {
  const { client } = await newUser(postern);
  expect(await keysOf(client)).toEqual({
    totalCount: 0,
    edges: [],
    pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
  });
});

test('lists every call key once, newest first, in both directions, by session and API token', async () => {
  const names = Array.from({ length: 7 }, (_, index) => `key ${index}`);
  const { client } = await userWithKeys(...names);
  const newestFirst = [...names].reverse();
  for (const by of [client, program(postern, await newApiToken(client))]) {
    expect(await namesOf(by)).toEqual(newestFirst);
    const [forwards, backwards]: [string[], string[]] = [[], []];
    for (let after: string | null = null, more = true; more;) {
      const { edges, pageInfo, totalCount } = await keysOf(by, { first: 3, after });
      forwards.push(...edges.map(({ node }) => node.name));
      expect(totalCount).toBe(7);
      [after, more] = [pageInfo.endCursor!, pageInfo.hasNextPage];
    }
    for (let before: string | null = null, more = true; more;) {
      const { edges, pageInfo } = await keysOf(by, { last: 3, before });
      backwards.unshift(...edges.map(({ node }) => node.name));
      [before, more] = [pageInfo.startCursor!, pageInfo.hasPreviousPage];
    }
    expect([forwards, backwards]).toEqual([newestFirst, newestFirst]);
  }
});

test.each([
  ['a part of the name', 'server', ['web server', 'Server 100%']],
  ['the name in another case', 'LAPTOP', ['laptop_1']],
  ['a percent sign', '%', ['Server 100%']],
  ['an underscore', '_', ['laptop_1']],
  ['a backslash', '\\', ['back\\slash']],
  ['many percent signs', '%'.repeat(64), []],
  ['nothing', '', ['back\\slash', 'web server', 'Server 100%', 'laptop_1']],
])('searches call keys for %s literally, not as a wildcard (R-68)', async (_what, search, names) => {
  const { client } = await userWithKeys('laptop_1', 'Server 100%', 'web server', 'back\\slash');
  expect(await namesOf(client, { filter: { search } })).toEqual(names);
  expect((await keysOf(client, { filter: { search } })).totalCount).toBe(names.length);
});

test('finds a call key by its visible first characters, but not by any others', async () => {
  const { client } = await newUser(postern);
  const { key } = await newCallKeyOf(client, { name: 'this one' });
  expect(await namesOf(client, { filter: { search: key.slice(0, 8) } })).toEqual(['this one']);
  expect(await namesOf(client, { filter: { search: key.slice(0, 9) } })).toEqual([]);
});

test.each([
  ['65 characters', 's'.repeat(65)],
  ['a NUL', String.fromCharCode(0)],
  ['half a character', 'a\ud800'],
])('rejects a search of call keys for %s as malformed (R-68)', async (_what, search) => {
  const { client } = await newUser(postern);
  expect(
    await client.send('query ($search: String) { me { callKeys(filter: { search: $search }) { totalCount } } }', {
      search,
    }),
  ).toFailWith('BAD_USER_INPUT');
});

test('derives a call key’s status from its fields and the time, and filters by it', async () => {
  const { client } = await newUser(postern);
  const soon = new Date(postern.clock.read().getTime() + 60_000).toISOString();
  const off = await newCallKeyOf(client, { name: 'off', quota: 0, expiresAt: soon });
  await updateKey(client, { id: off.id, status: 'DISABLED' });
  await newCallKeyOf(client, { name: 'over', quota: 0, expiresAt: soon });
  await newCallKeyOf(client, { name: 'spent', quota: 0 });
  await newCallKeyOf(client, { name: 'fine' });
  const found = async () =>
    Object.fromEntries(
      await Promise.all(
        (['DISABLED', 'EXPIRED', 'EXHAUSTED', 'ACTIVE'] as const).map(async (status) => [
          status,
          await namesOf(client, { filter: { status } }),
        ]),
      ),
    );
  postern.clock.advance({ seconds: 59 });
  expect(await found()).toEqual({ DISABLED: ['off'], EXPIRED: [], EXHAUSTED: ['spent', 'over'], ACTIVE: ['fine'] });
  postern.clock.advance({ seconds: 1 });
  expect(await found()).toEqual({ DISABLED: ['off'], EXPIRED: ['over'], EXHAUSTED: ['spent'], ACTIVE: ['fine'] });
  expect((await keysOf(client, { filter: { status: 'EXPIRED' } })).totalCount).toBe(1);
});

test('hides call keys from other users, and shows them to administrators without secrets (R-67)', async () => {
  const [owner, other] = [await userWithKeys('mine'), await userWithKeys('theirs')];
  expect(await namesOf(other.client)).toEqual(['theirs']);
  const look = () =>
    other.client.send(
      'query ($id: ID!) { node(id: $id) { ... on User { callKeys { totalCount edges { node { name } } } } } }',
      { id: owner.id },
    );
  expect((await look()).data).toEqual({ node: null });
  await query(postern.database, "update accounts set role = 'ADMIN' where username = ?", [other.username]);
  expect((await look()).data).toEqual({ node: { callKeys: { totalCount: 1, edges: [{ node: { name: 'mine' } }] } } });
});

test('hides the call keys of a new account from the caller who registered it (R-67, R-76)', async () => {
  const mutation =
    'mutation ($input: RegisterInput!) { register(input: $input) { user { username callKeys { totalCount } } } }';
  const answer = await (
    await userWithKeys('own')
  ).client.send(mutation, {
    input: { username: 'made.by.another', password: goodPassword, confirmPassword: goodPassword, delivery: 'BEARER' },
  });
  expect(answer).toFailWith('FORBIDDEN');
  expect(answer.data).toEqual({ register: { user: { username: 'made.by.another', callKeys: null } } });
});

/** How many statements an operation sends besides the one that finds the viewer. */
async function statementsOf(
  client: Client,
  document: string,
  variables: Record<string, unknown> = {},
): Promise<number> {
  await client.send('{ me { id } }');
  await postern.app.dependencies.background.whenIdle();
  postern.statements.forget();
  const { errors } = await client.send(document, variables);
  expect(errors).toEqual([]);
  return postern.statements.texts.length - 1;
}

test('loads and counts the call keys of any number of accounts in two statements', async () => {
  const users = [
    await userWithKeys('a', 'b', 'c'),
    await userWithKeys(),
    await userWithKeys('d'),
    await userWithKeys('e', 'f'),
  ];
  const { client, username } = await userWithKeys('own');
  await query(postern.database, "update accounts set role = 'ROOT' where username = ?", [username]);
  const keys = 'callKeys(first: 2) { totalCount edges { node { id } } }';
  const declarations = users.map((_, index) => `$p${index}: ID!`).join(', ');
  const variables = Object.fromEntries(users.map(({ id }, index) => [`p${index}`, id]));
  const of = (field: string) =>
    `query (${declarations}) { ${users.map((_, index) => `p${index}: node(id: $p${index}) { ... on User { ${field} } }`).join(' ')} }`;
  expect(await statementsOf(client, '{ me { id } }')).toBe(0);
  expect(await statementsOf(client, `{ me { ${keys} again: ${keys} } }`)).toBe(2);
  expect(await statementsOf(client, '{ me { callKeys { edges { node { id } } } } }')).toBe(1);
  const accounts = await statementsOf(client, of('id'), variables);
  expect(await statementsOf(client, of(keys), variables)).toBe(accounts + 2);
  const { data } = await client.send(of(keys), variables);
  expect(Object.values(data).map(({ callKeys }) => [callKeys.totalCount, callKeys.edges.length])).toEqual([
    [3, 2],
    [0, 0],
    [1, 1],
    [2, 2],
  ]);
});
