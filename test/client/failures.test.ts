import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bearer, cookie, createPostern, operation, type Failure } from '@postern/client';
import { findFreePort } from '../support/free-port.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { newUser } from '../support/users.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

const urlOf = (address: string) => `${address}/graphql`;
const clientOf = (token: string | null = null) =>
  createPostern({ url: urlOf(postern.url), session: bearer(token), language: 'en' });
const failureOf = async (result: Promise<{ ok: boolean; failure?: Failure }>): Promise<Failure | undefined> =>
  (await result).failure;

test('returns what was refused in the input as USER_ERRORS', async () => {
  const { client } = await newUser(postern, 'BEARER');
  const rename = operation<unknown, object>(
    'mutation ($input: ChangeUsernameInput!) { changeUsername(input: $input) { userErrors { code field message } } }',
  );
  expect(await failureOf(clientOf(client.token).request(rename, { input: { username: '-' } }))).toEqual({
    kind: 'USER_ERRORS',
    userErrors: [{ code: expect.stringMatching(/^USERNAME/), field: ['username'], message: expect.any(String) }],
  });
});

test.each([
  ['UNAUTHENTICATED', null, '{ node(id: "x") { id } }', { kind: 'UNAUTHENTICATED', message: 'Sign in to continue.' }],
  ['FORBIDDEN', 'user', '{ users { edges { cursor } } }', { kind: 'FORBIDDEN' }],
  ['a wrong document', null, '{ nothing }', { kind: 'REJECTED', code: 'GRAPHQL_VALIDATION_FAILED' }],
  [
    'a wrong cursor',
    'user',
    '{ me { callKeys(after: "x") { edges { cursor } } } }',
    { kind: 'REJECTED', code: 'BAD_USER_INPUT' },
  ],
])('returns %s as a failure', async (_name, who, document, failure) => {
  const token = who ? (await newUser(postern, 'BEARER')).client.token : null;
  expect(await failureOf(clientOf(token).request(document))).toMatchObject(failure);
});

test('keeps the fields that were answered beside a failure', async () => {
  const { client, username } = await newUser(postern, 'BEARER');
  const result = await clientOf(client.token).request('{ me { username } users { edges { cursor } } }');
  expect(result).toMatchObject({ ok: false, data: { me: { username }, users: null }, failure: { kind: 'FORBIDDEN' } });
});

test('returns NETWORK when nothing answers', async () => {
  const client = createPostern({ url: urlOf(`http://127.0.0.1:${await findFreePort()}`), session: bearer() });
  expect(await client.request('{ me { id } }')).toEqual({
    ok: false,
    data: null,
    failure: { kind: 'NETWORK', cause: expect.any(TypeError) },
  });
});

/** A client whose requests are answered by something else. */
const answeredWith = (body: string, init: ResponseInit) =>
  createPostern({ url: urlOf(postern.url), session: bearer(), fetch: () => Promise.resolve(new Response(body, init)) });
const errors = (extensions: object) => JSON.stringify({ errors: [{ message: 'No.', extensions }] });

test.each<[string, string, ResponseInit, object]>([
  [
    'SERVICE_UNAVAILABLE with the time in the error',
    errors({ code: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 7 }),
    { status: 503, headers: { 'retry-after': '9' } },
    { kind: 'SERVICE_UNAVAILABLE', message: 'No.', retryAfterSeconds: 7 },
  ],
  [
    'SERVICE_UNAVAILABLE with the time in Retry-After',
    errors({ code: 'SERVICE_UNAVAILABLE' }),
    { status: 503, headers: { 'retry-after': '9' } },
    { kind: 'SERVICE_UNAVAILABLE', message: 'No.', retryAfterSeconds: 9 },
  ],
  [
    'SERVICE_UNAVAILABLE of a proxy',
    '<h1>503</h1>',
    { status: 503, headers: { 'retry-after': '30' } },
    { kind: 'SERVICE_UNAVAILABLE', message: 'HTTP 503', retryAfterSeconds: 30 },
  ],
  [
    'RATE_LIMITED without a time',
    errors({ code: 'RATE_LIMITED' }),
    { status: 200 },
    { kind: 'RATE_LIMITED', message: 'No.', retryAfterSeconds: null },
  ],
  [
    'INTERNAL_SERVER_ERROR with its request ID',
    errors({ code: 'INTERNAL_SERVER_ERROR', requestId: 'r-1' }),
    { status: 500 },
    { kind: 'INTERNAL_SERVER_ERROR', message: 'No.', requestId: 'r-1' },
  ],
  [
    'NETWORK for the page of a proxy',
    '<h1>502</h1>',
    { status: 502 },
    { kind: 'NETWORK', cause: new Error('HTTP 502') },
  ],
])('returns %s', async (_name, body, init, failure) => {
  expect(await failureOf(answeredWith(body, init).request('{ me { id } }'))).toEqual(failure);
});

test('returns ORIGIN_NOT_ALLOWED for a cookie from a page of another origin (R-83)', async () => {
  const user = await newUser(postern);
  const header = [...user.client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const page = (origin: string) =>
    createPostern({
      url: urlOf(postern.url),
      session: cookie(),
      fetch: (input, init) => {
        const headers = new Headers(init?.headers);
        headers.set('cookie', header);
        headers.set('origin', origin);
        expect(init?.credentials).toBe('include');
        return fetch(input, { ...init, headers });
      },
    });
  expect(await page('http://localhost:4000').request('{ me { id } }')).toEqual({
    ok: true,
    data: { me: { id: user.id } },
  });
  expect(await failureOf(page('https://evil.example').request('{ me { id } }'))).toMatchObject({
    kind: 'ORIGIN_NOT_ALLOWED',
  });
});
