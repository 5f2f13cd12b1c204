import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { toGlobalId } from '../../../src/rules/global-id.js';
import { newAccessToken, programWith } from '../../support/access-tokens.js';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { startBeside } from '../../support/start-beside.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { newUser, type TestUser } from '../../support/users.js';
import { startSupergraph, type Project, type Supergraph } from './supergraph.js';

let postern: TestPostern;
let anna: TestUser;
let bert: TestUser;
let administrator: TestUser;
let annasKey: string;
let bertsKey: string;

const newKey = async ({ client }: TestUser): Promise<string> => {
  const document =
    'mutation ($input: CreateCallKeyInput!) { createCallKey(input: $input) { callKey { id } userErrors { code } } }';
  return (await client.send(document, { input: { name: 'Build server' } })).data['createCallKey'].callKey.id;
};

beforeAll(async () => {
  postern = await startPostern({ FEDERATION: 'on' });
  anna = await newUser(postern, 'BEARER');
  bert = await newUser(postern, 'BEARER');
  administrator = await newUser(postern, 'BEARER');
  await query(postern.database, "update accounts set role = 'ADMIN' where username = ?", [administrator.username]);
  [annasKey, bertsKey] = [await newKey(anna), await newKey(bert)];
});
afterAll(() => postern.close());

const document = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) { __typename ... on User { id username email } ... on CallKey { id name } }
}`;
const user = (id: string) => ({ __typename: 'User', id });
const callKey = (id: string) => ({ __typename: 'CallKey', id });
const find = (client: Client, representations: readonly unknown[], text = document) =>
  client.send(text, { representations });

describe('_entities', () => {
  test('finds the caller and their call keys, in the order of the representations (R-125)', async () => {
    const { data, errors } = await find(anna.client, [callKey(annasKey), user(anna.id), callKey(annasKey)]);
    expect(errors).toEqual([]);
    const key = { __typename: 'CallKey', id: annasKey, name: 'Build server' };
    expect(data['_entities']).toEqual([
      key,
      { __typename: 'User', id: anna.id, username: anna.username, email: null },
      key,
    ]);
  });

  test('returns null for foreign, unknown and invalid IDs (R-125, R-67)', async () => {
    const unknown = '00000000-0000-7000-8000-000000000000';
    const { data, errors } = await find(anna.client, [
      user(bert.id),
      callKey(bertsKey),
      user(toGlobalId('User', unknown)),
      callKey(toGlobalId('CallKey', unknown)),
      user(annasKey),
      callKey(anna.id),
      user(''),
      user(`${anna.id} `),
    ]);
    expect(errors).toEqual([]);
    expect(data).toEqual({ _entities: Array.from({ length: 8 }, () => null) });
  });

  test('finds users and their call keys for an administrator in a session (R-125)', async () => {
    const { data } = await find(administrator.client, [user(bert.id), callKey(bertsKey)]);
    expect(data['_entities']).toMatchObject([{ id: bert.id, email: null }, { id: bertsKey }]);
  });

  test('requires 2FA of an administrator for others, but not for their own account (R-74, R-125)', async () => {
    const strict = await startBeside(postern, { FEDERATION: 'on', TWO_FACTOR_REQUIRED_FOR: 'ADMIN,ROOT' });
    try {
      const client = programWith(strict, administrator.client.token!);
      const answer = await find(client, [user(administrator.id), user(bert.id), callKey(bertsKey)]);
      expect(answer.data['_entities']).toMatchObject([{ id: administrator.id }, null, null]);
      expect(answer.errors.map(({ path, extensions }) => [path, extensions['code']])).toEqual([
        [['_entities', 1], 'TWO_FACTOR_REQUIRED'],
        [['_entities', 2], 'TWO_FACTOR_REQUIRED'],
      ]);
    } finally {
      await strict.close();
    }
  });

  test.each([
    ['ACCOUNT_READ', { own: [true, false], others: [false, false] }],
    ['KEYS_READ', { own: [true, true], others: [false, false] }],
    ['USERS_READ', { own: [true, false], others: [true, false] }],
  ] as const)('finds for a token with %s what its scope reaches (R-115, R-125)', async (scope, { own, others }) => {
    const { token } = await newAccessToken(administrator.client, { scopes: [scope] });
    const ownKey = await newKey(administrator);
    const ids = 'query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }';
    const { data } = await find(
      programWith(postern, token),
      [user(administrator.id), callKey(ownKey), user(bert.id), callKey(bertsKey)],
      ids,
    );
    expect(data['_entities'].map((entity: unknown) => entity !== null)).toEqual([...own, ...others]);
  });

  test('refuses fields outside the scopes of a token (R-115, R-125)', async () => {
    const { token } = await newAccessToken(anna.client, { scopes: ['KEYS_READ'] });
    const answer = await find(programWith(postern, token), [user(anna.id)]);
    expect(answer.data['_entities']).toMatchObject([{ username: anna.username, email: null }]);
    expect(answer).toFailWith('FORBIDDEN');
  });

  test('returns UNAUTHENTICATED to an anonymous caller (R-70, R-125)', async () => {
    const answer = await find(postern.client(), [user(anna.id)]);
    expect(answer.data).toBeNull();
    expect(answer).toFailWith('UNAUTHENTICATED');
  });

  test('accepts 100 representations, and not 101 (R-125)', async () => {
    const representations = Array.from({ length: 101 }, () => user(anna.id));
    expect((await find(anna.client, representations.slice(1))).data['_entities']).toHaveLength(100);
    postern.statements.forget();
    const answer = await find(anna.client, representations);
    expect(answer.data).toBeNull();
    expect(answer).toFailWith('BAD_USER_INPUT');
    expect(postern.statements.texts).toHaveLength(1);
  });

  test.each([
    ['another type', { __typename: 'Session', id: 'session_0' }],
    ['no type', { id: 'user_0' }],
    ['no ID', { __typename: 'User' }],
    ['an ID that is no text', { __typename: 'User', id: 7 }],
    ['a text', 'user_0'],
    ['a list', ['User']],
  ])('refuses a representation with %s, and doesn’t repeat it (R-8, R-125)', async (_name, representation) => {
    const answer = await find(anna.client, [representation]);
    expect(answer).toFailWith('BAD_USER_INPUT');
    expect(answer.text).not.toContain('user_0');
  });

  test('reads 100 users with one statement beside that for the session (R-125)', async () => {
    const others: string[] = [];
    for (let count = 0; count < 20; count += 1) others.push((await newUser(postern)).id);
    const representations = Array.from({ length: 100 }, (_, index) => user(others[index % others.length]!));
    postern.statements.forget();
    const { data } = await find(administrator.client, representations);
    expect(data['_entities'].map(({ id }: { id: string }) => id)).toEqual(representations.map(({ id }) => id));
    expect(postern.statements.texts).toHaveLength(2);
  });

  test('reads users and call keys with one statement each (R-125)', async () => {
    const representations = [user(bert.id), callKey(bertsKey), callKey(annasKey), user(anna.id)];
    postern.statements.forget();
    await find(administrator.client, representations);
    expect(postern.statements.texts).toHaveLength(3);
  });

  test('costs a tenth of its fields for each representation (R-80, R-125)', async () => {
    const keys = 'callKeys(first: 100) { edges { node { id name hint status } } }';
    const text = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on User { a: ${keys} b: ${keys} } } }`;
    const answer = await find(
      anna.client,
      Array.from({ length: 100 }, () => user(anna.id)),
      text,
    );
    expect(answer).toFailWith('BAD_REQUEST');
    expect((await find(anna.client, [user(anna.id)], text)).errors).toEqual([]);
  });

  test('costs as much for representations in the default of a variable (R-80, R-125)', async () => {
    const keys = 'callKeys(first: 100) { edges { node { id name hint status } } }';
    const entry = `{ __typename: "User", id: "${anna.id}" }`;
    const defaults = (count: number) => `[${Array.from({ length: count }, () => entry).join(' ')}]`;
    const text = (count: number) =>
      `query ($representations: [_Any!]! = ${defaults(count)}) { _entities(representations: $representations) { ... on User { a: ${keys} b: ${keys} } } }`;
    expect(await anna.client.send(text(90))).toFailWith('GRAPHQL_VALIDATION_FAILED');
    const { data, errors } = await anna.client.send(text(2));
    expect([data['_entities'].length, errors]).toEqual([2, []]);
  });
});

describe('_service', () => {
  const service = '{ _service { sdl } }';

  test('shows the schema with its keys and @auth, to every caller while introspection is on (R-125)', async () => {
    for (const client of [postern.client(), anna.client]) {
      const { data, errors } = await client.send(service);
      expect(errors).toEqual([]);
      const { sdl } = data['_service'];
      expect(sdl).toContain('type User implements Node @key(fields: "id")');
      expect(sdl).toContain('type CallKey implements Node @key(fields: "id")');
      expect(sdl).toContain('@composeDirective(name: "@auth")');
      expect(sdl).toMatch(/email: EmailAddress @auth\(requires: ADMIN/);
      expect(sdl).not.toMatch(/_entities|_Any/);
    }
  });

  test('follows POSTERN_INTROSPECTION: when it is off, only signed-in callers read it (R-84, R-125)', async () => {
    const closed = await startBeside(postern, { FEDERATION: 'on', INTROSPECTION: 'off' });
    try {
      const answer = await closed.client().send(service);
      expect(answer.data).toBeNull();
      expect(answer).toFailWith('BAD_REQUEST');
      const { token } = await newAccessToken(anna.client);
      for (const credential of [anna.client.token!, token])
        expect((await programWith(closed, credential).send(service)).errors).toEqual([]);
    } finally {
      await closed.close();
    }
  });

  test('can be read once in an operation (R-80)', async () => {
    const answer = await anna.client.send('{ a: _service { sdl } b: _service { sdl } }');
    expect(answer.errors.map(({ message }) => message)).toEqual(['An operation can read __schema once.']);
  });
});

test('has neither field while POSTERN_FEDERATION is off (R-125)', async () => {
  const off = await startBeside(postern, {});
  try {
    const client = programWith(off, anna.client.token!);
    for (const answer of [await client.send('{ _service { sdl } }'), await find(client, [user(anna.id)])])
      expect(answer.errors[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
  } finally {
    await off.close();
  }
});

describe('behind a router', () => {
  let supergraph: Supergraph;
  let projects: readonly Project[];
  beforeAll(async () => {
    const { sdl } = (await anna.client.send('{ _service { sdl } }')).data['_service'];
    projects = [
      { name: 'Own', owner: { id: anna.id }, callKey: { id: annasKey } },
      { name: 'Foreign', owner: { id: bert.id }, callKey: { id: bertsKey } },
    ];
    supergraph = await startSupergraph({ url: postern.url, sdl }, () => projects);
  });
  afterAll(() => supergraph.close());

  const throughRouter = (token: string | null) => Object.assign(supergraph.client(), { token });
  const owners = '{ projects { name owner { username } callKey { hint name } } }';

  test('composes with another subgraph and keeps @auth in the supergraph (R-125)', () => {
    for (const sdl of supergraph.sdls) {
      expect(sdl).toMatch(/email: EmailAddress .*@auth\(\s*requires: ADMIN/);
      expect(sdl).toMatch(/directive @auth\(/);
    }
  });

  test('resolves the references of other subgraphs for the caller, by session and by token (R-125)', async () => {
    const { token } = await newAccessToken(anna.client, { scopes: ['KEYS_READ'] });
    for (const credential of [anna.client.token, token]) {
      const { data } = await throughRouter(credential).send(owners);
      expect(data).toEqual({
        projects: [
          {
            name: 'Own',
            owner: { username: anna.username },
            callKey: { name: 'Build server', hint: expect.any(String) },
          },
          { name: 'Foreign', owner: null, callKey: null },
        ],
      });
    }
  });

  test('enforces @auth whatever the router lets through (R-70, R-125)', async () => {
    const answer = await throughRouter(anna.client.token).send('{ users(first: 1) { edges { node { id } } } }');
    expect(answer.data).toEqual({ users: null });
    expect(answer.errors[0]?.extensions['code']).toBe('FORBIDDEN');
    const anonymous = await throughRouter(null).send(owners);
    expect(anonymous.data['projects']).toMatchObject([{ owner: null }, { owner: null }]);
    expect(anonymous.errors[0]?.extensions['code']).toBe('UNAUTHENTICATED');
  });

  test('returns an administrator the owners of 100 projects with two statements (R-125)', async () => {
    projects = Array.from({ length: 100 }, (_, index) => ({
      name: `Project ${index}`,
      owner: { id: index % 2 ? anna.id : bert.id },
    }));
    postern.statements.forget();
    const { data } = await throughRouter(administrator.client.token).send('{ projects { owner { username } } }');
    expect(data['projects']).toHaveLength(100);
    expect(data['projects'][1]).toEqual({ owner: { username: anna.username } });
    expect(postern.statements.texts).toHaveLength(2);
  });
});
