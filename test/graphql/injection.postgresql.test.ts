import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { declareSchema } from '../../src/graphql/schema.js';
import { query } from '../support/database.js';
import type { Client } from '../support/client.js';
import { newUser, type TestUser } from '../support/users.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { textPlaces, type Placed } from './argument-corpus.js';
import { everyCaller } from './callers.js';
import { revealing } from './revealing.js';

const entryPoints = textPlaces(declareSchema());

const texts = [
  "' or '1'='1",
  "' or 1=1 --",
  "'; drop table accounts; --",
  "'); delete from sessions; --",
  "' union select password_hash from accounts --",
  '" or ""="',
  "\\'; select pg_sleep(5); --",
  '$$; select 1; $$',
  "1; update accounts set role = 'ROOT'",
  '${1+1}',
  '{{7*7}}',
  '%',
  '_',
  '%%%',
  '*',
  '?',
  ':id',
  '$1',
  '??',
  '{"$ne":null}',
  '{"$gt":""}',
  '[object Object]',
  '__proto__',
  'null',
  'undefined',
  '-1',
  '\\',
  '\\u0000',
  '\u0000',
  'a\u0000b',
  '\u0000\u0000',
  '\ud800',
  '\udfff\ud800',
  'a\ud800b',
  '\u202e\u200b\ufeff',
  '\r\nset-cookie: a=b',
  '<script>alert(1)</script>',
  '../../../../etc/passwd',
  'ﷺ'.repeat(300),
  '\u0301'.repeat(1_000),
  'x'.repeat(4_096),
  '',
  ' ',
  '\t\n',
];
const objects = [
  { $ne: null },
  { $gt: '' },
  { $like: '%' },
  { $in: ['a'] },
  { $or: [{}] },
  { $raw: '1=1' },
  { $not: 1 },
  JSON.parse('{"__proto__":{"admin":true}}'),
  { constructor: { prototype: { admin: true } } },
  [['a']],
  { length: 1 },
  1.5,
  true,
];

async function clientOf(caller: string): Promise<Client> {
  const { token } = await everyCaller({ setup: '' })
    .find(({ name }) => name === caller)!
    .arrive(postern);
  return Object.assign(postern.client(), { token });
}

let postern: TestPostern;
let user: TestUser;
let administrator: Client;
let root: Client;
let gateway: Client;
beforeAll(async () => {
  postern = await startPostern();
  user = await newUser(postern, 'BEARER');
  await newUser(postern);
  [administrator, root, gateway] = (await Promise.all([
    clientOf('bearer session of ADMIN with a second factor'),
    clientOf('bearer session of ROOT with a second factor'),
    clientOf('API token of SERVICE'),
  ])) as [Client, Client, Client];
});
afterAll(() => postern.close());

/** A query has no user errors, so an invalid cursor or search is a top-level error. */
const refusesInput = ({ place }: Placed, error: { extensions: Record<string, unknown> }) =>
  place.startsWith('Query.') && error.extensions['code'] === 'BAD_USER_INPUT';

/** A client that can use the field. */
const clientFor = ({ requires }: Placed) =>
  ({ USER: user.client, ADMIN: administrator, ROOT: root, SERVICE: gateway })[requires];

const state = async () => ({
  accounts: await query(postern.database, 'select * from accounts order by id'),
  sessions: await query(postern.database, 'select id, account_id, token_hash, expires_at from sessions order by id'),
});

test('tests every string that a root field accepts', () => {
  expect(entryPoints.map(({ place }) => place)).toEqual(
    expect.arrayContaining([
      'Query.node(id)',
      'Mutation.login(input.login)',
      'Mutation.login(input.password)',
      'Mutation.register(input.username)',
      'Mutation.register(input.password)',
      'Mutation.register(input.confirmPassword)',
      'Mutation.completeSetup(input.setupToken)',
      'Mutation.completeSetup(input.username)',
      'Mutation.revokeSession(input.sessionId)',
    ]),
  );
});

test.each(entryPoints.map((placed) => [placed.place, placed] as const))(
  'never treats a string at %s as SQL, a pattern or a filter (R-78)',
  async (_place, placed) => {
    const before = await state();
    for (const payload of texts) {
      // Ten wrong passwords would lock their bucket, and the eleventh text would not be verified.
      await query(postern.database, 'delete from attempts');
      const answer = await clientFor(placed).send(placed.document(), placed.variables(payload));
      expect([payload, answer.errors.filter((error) => !refusesInput(placed, error))]).toEqual([payload, []]);
      expect(answer.text).not.toMatch(revealing);
      const [payloadOfField] = Object.values(answer.data ?? {}) as ({
        userErrors?: unknown[];
        recorded?: number;
        forgottenIds?: string[];
      } | null)[];
      // A usage report returns the outcome of each entry, and unknown browsers are ignored.
      if (payloadOfField?.recorded !== 0 && payloadOfField?.forgottenIds?.length !== 0)
        expect([payload, payloadOfField?.userErrors ?? 'null']).not.toEqual([payload, []]);
    }
    expect(await state()).toEqual(before);
  },
);

test.each(entryPoints.map((placed) => [placed.place, placed] as const))(
  'rejects objects, lists, fractions and booleans as a string at %s (R-78)',
  async (_place, placed) => {
    const before = await state();
    for (const payload of objects) {
      const answer = await clientFor(placed).post(
        `{"query":${JSON.stringify(placed.document())},"variables":${JSON.stringify(placed.variables(payload))}}`,
      );
      expect([JSON.stringify(payload), answer.status]).toEqual([JSON.stringify(payload), 400]);
      expect(answer.text).not.toMatch(revealing);
      expect(answer.text).not.toMatch(/\$(?:ne|gt|like|in\b|or|raw|not)|admin/);
    }
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
    expect(await state()).toEqual(before);
  },
);

test('compares a username exactly, never as a LIKE pattern (R-78)', async () => {
  for (const login of [
    '%',
    `${user.username.slice(0, -1)}_`,
    `${user.username}%`,
    `${user.username}'--`,
    `${user.username}\u0000`,
  ]) {
    const answer = await postern
      .client()
      .send('mutation ($input: LoginInput!) { login(input: $input) { session { token } userErrors { code field } } }', {
        input: { login, password: user.password },
      });
    expect(answer).toBeRefusedWith(['INVALID_CREDENTIALS']);
  }
});

test('accepts names of object properties as usernames (R-78)', async () => {
  for (const username of ['constructor', 'prototype', 'tostring', 'true', '1e309', '９９９']) {
    const login = 'mutation ($input: LoginInput!) { login(input: $input) { userErrors { code field } } }';
    expect(await postern.client().send(login, { input: { login: username, password: user.password } })).toBeRefusedWith(
      ['INVALID_CREDENTIALS'],
    );
    const register =
      'mutation ($input: RegisterInput!) { register(input: $input) { user { username role } userErrors { code } } }';
    const answer = await postern
      .client()
      .send(register, { input: { username, password: user.password, confirmPassword: user.password } });
    expect(answer.data['register']).toEqual({
      user: { username: username.normalize('NFKC'), role: 'USER' },
      userErrors: [],
    });
  }
});

test('keeps every table and its accounts after strings with SQL in every field (R-78)', async () => {
  const names = await query<{ name: string }>(
    postern.database,
    "select table_name as name from information_schema.tables where table_schema = 'public' order by 1",
  );
  expect(names.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['accounts', 'security_events', 'sessions', 'setup_tokens', 'two_factors']),
  );
  // The one ROOT is a caller of this test.
  expect(
    await query(postern.database, "select role from accounts where role not in ('USER', 'ADMIN', 'SERVICE')"),
  ).toEqual([{ role: 'ROOT' }]);
  expect((await user.client.send('{ me { username } }')).data).toEqual({ me: { username: user.username } });
});
