import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Answer, Client } from '../support/client.js';
import { query } from '../support/database.js';
import { goodPassword, newUser, newUsername } from '../support/users.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { revealing } from './revealing.js';

let postern: TestPostern;
let client: Client;
beforeAll(async () => {
  postern = await startPostern();
  client = (await newUser(postern, 'BEARER')).client;
});
afterAll(() => postern.close());

/** Expects a masked error: a response with only the request id, and a log line with the cause. */
function expectMasked(answer: Answer<unknown>, logged: RegExp): void {
  expect(answer).toFailWith('INTERNAL_SERVER_ERROR');
  expect(answer.text).not.toMatch(revealing);
  for (const { message, extensions } of answer.errors) {
    const id = answer.headers.get('x-request-id');
    expect(message).toBe(`Something went wrong. If it keeps happening, send request ID ${id} to your administrator.`);
    expect(Object.keys(extensions).sort()).toEqual(['code', 'requestId']);
    expect(extensions['requestId']).toBe(id);
  }
  const requestId = String(answer.errors[0]?.extensions['requestId']);
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  const lines = postern.log.filter((line) => line.includes(requestId));
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.join('')).toMatch(logged);
  expect(lines.join('')).not.toContain(goodPassword);
}

const register = (username: string) => ({
  query:
    'mutation ($input: RegisterInput!) { register(input: $input) { user { id } session { token } userErrors { code } } }',
  variables: { input: { username, password: goodPassword, confirmPassword: goodPassword } },
});

test.each([
  [
    'a lone surrogate in a variable',
    JSON.stringify({ query: 'query ($id: ID!) { node(id: $id) { id } }', variables: { id: '\ud800' } }),
  ],
  ['a lone surrogate in the document', '{"query":"{ node(id: \\"\\ud800\\") { id } }"}'],
  ['NUL in a variable', '{"query":"query ($id: ID!) { node(id: $id) { id } }","variables":{"id":"a\\u0000b"}}'],
  ['NUL in the document', '{"query":"{ me\\u0000 { id } }"}'],
  [
    'NUL in a password',
    '{"query":"mutation ($p: String!) { login(input: { login: \\"somebody\\", password: $p }) { userErrors { code } } }","variables":{"p":"\\u0000"}}',
  ],
  ['a huge integer for an id', `{"query":"{ node(id: ${'9'.repeat(1_000)}) { id } }"}`],
  ['a huge integer in a variable', '{"query":"query ($id: ID!) { node(id: $id) { id } }","variables":{"id":1e400}}'],
  [
    'an integer out of range',
    '{"query":"query ($n: Int!) { __typename @skip(if: false) }","variables":{"n":9007199254740993}}',
  ],
  [
    'an object 5,000 deep in the variables',
    `{"query":"{ __typename }","variables":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`,
  ],
  [
    'an object 5,000 deep for a text',
    `{"query":"query ($id: ID!) { node(id: $id) { id } }","variables":{"id":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}}`,
  ],
  [
    'a list 2,000 deep in the document',
    JSON.stringify({ query: `{ node(id: ${'['.repeat(2_000)}${']'.repeat(2_000)}) { id } }` }),
  ],
  ['a selection 10,000 deep', JSON.stringify({ query: '{ me '.repeat(10_000) })],
  ['a fragment that spreads itself', JSON.stringify({ query: '{ me { ...F } } fragment F on User { ...F }' })],
  ['an unknown operation', JSON.stringify({ query: '{ __typename }', operationName: 'Nothing' })],
  [
    'two operations without a name to choose',
    JSON.stringify({ query: 'query A { __typename } query B { __typename }' }),
  ],
  ['a subscription', JSON.stringify({ query: 'subscription { anything }' })],
  ['bytes that are not UTF-8', '{"query":"{ __typename }","variables":{"a":"\xff\xfe"}}'],
  [
    'extensions of a persisted query',
    JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } }),
  ],
])('responds to %s without an internal error or a stack trace (R-85)', async (_what, body) => {
  const answer = await client.post(body);
  expect(answer.status).toBeLessThan(500);
  expect(answer.text).not.toMatch(revealing);
  expect(answer.text).not.toContain('INTERNAL_SERVER_ERROR');
  expect((await client.send('{ __typename }')).data).toEqual({ __typename: 'Query' });
});

test('never returns a value that was sent as the wrong type (R-85)', async () => {
  const secret = 'Hidden-Harbour-93';
  const mutation = 'mutation ($input: LoginInput!) { login(input: $input) { userErrors { code } } }';
  for (const password of [[secret], { text: secret }, [[{ a: secret }]]]) {
    const answer = await client.send(mutation, { input: { login: 'somebody', password } });
    expect(answer).toFailWith('BAD_USER_INPUT');
    expect(answer.text).not.toContain(secret);
  }
  for (const document of [
    `mutation { login(input: { login: "a", password: ["${secret}"] }) { userErrors { code } } }`,
    `mutation { login(input: { login: "a", password: "${secret}" "b" }) { userErrors { code } } }`,
    `mutation { login(input: { login: "a", password: "${secret}) { userErrors { code } } }`,
    `mutation { login(input: { login: "a", password: { a: "${secret}" } }) { userErrors { code } } }`,
    `mutation { login(input: { login: "a", password: "b", delivery: "${secret}" }) { userErrors { code } } }`,
    `{ node(id: ["${secret}"]) { id } }`,
  ]) {
    const answer = await client.send(document);
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain(secret);
  }
  expect(postern.log.join('')).not.toContain(secret);
});

test('masks an error when the schema can’t represent a value, and logs it with the request ID (R-85)', async () => {
  await query(postern.database, "update sessions set factors = '{WIZARD}'");
  const answer = await client.send('{ me { username sessions { factors } } }');
  expectMasked(answer, /WIZARD/);
  expect(answer.text).not.toContain('WIZARD');
  expect(answer.data).toMatchObject({ me: { sessions: null } });
  await query(postern.database, "update sessions set factors = '{PASSWORD}'");
});

test('masks and logs a missing table as an error in one field, and rolls back (R-85)', async () => {
  const username = newUsername();
  await query(postern.database, 'alter table security_events rename to elsewhere');
  const answer = await client.post(JSON.stringify(register(username)));
  expect(answer.status).toBe(200);
  expect(answer.data).toEqual({ register: null });
  expectMasked(answer, /security_events/);
  expect(answer.headers.getSetCookie()).toEqual([]);
  expect(await query(postern.database, 'select 1 from accounts where username = ?', [username])).toEqual([]);
  const failed = await client.send(
    'mutation { login(input: { login: "nobody.here", password: "nothing" }) { userErrors { code } } }',
  );
  expectMasked(failed, /security_events/);
  await query(postern.database, 'alter table elsewhere rename to security_events');
  expect(await postern.client().post(JSON.stringify(register(username)))).toSucceed();
});

test('returns 500 instead of treating the caller as anonymous when the account can’t be read (R-85)', async () => {
  await query(postern.database, 'alter table sessions rename to elsewhere');
  const answer = await client.send('{ me { id } policy { registration } }');
  expect(answer).toMatchObject({ status: 500, data: null });
  expectMasked(answer, /relation .*sessions.* does not exist/);
  const byCookie = postern.client();
  byCookie.cookies.set('postern_session', client.token!);
  const other = await byCookie.send('{ me { id } }');
  expect(other.status).toBe(500);
  expect(other.headers.getSetCookie()).toEqual([]);
  expect((await postern.client().send('{ policy { registration } }')).data).toEqual({
    policy: { registration: 'OPEN' },
  });
  await query(postern.database, 'alter table elsewhere rename to sessions');
  expect((await client.send('{ me { username } }')).errors).toEqual([]);
});

test('logs every internal error with its request ID (R-85)', () => {
  const faults = postern.log
    .map((line) => JSON.parse(line) as { level: number; requestId?: string; msg: string })
    .filter(({ level }) => level >= 50);
  expect(faults.length).toBeGreaterThanOrEqual(5);
  expect(faults.filter(({ requestId }) => !requestId)).toEqual([]);
});
