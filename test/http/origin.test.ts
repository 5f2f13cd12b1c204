import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { query } from '../support/database.js';
import { newUser, signIn, type TestUser } from '../support/users.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { startBeside } from '../support/start-beside.js';
import { sendRaw, type RawAnswer } from './send-raw.js';

const own = 'http://localhost:4000';
const friend = 'https://app.example.org';
let postern: TestPostern;
let user: TestUser;
let cookie: string;
beforeAll(async () => {
  postern = await startPostern({ CORS_ORIGINS: `${friend},https://other.example.org` });
  user = await newUser(postern);
  cookie = [...user.client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
});
afterAll(() => postern.close());

const post = (headers: Record<string, string>, document = '{ me { username } }') =>
  sendRaw(
    `${postern.url}/graphql`,
    'POST',
    { 'content-type': 'application/json', ...headers },
    JSON.stringify({ query: document }),
  );
const events = () => query(postern.database, 'select id from security_events order by id');

test.each([
  [{ 'sec-fetch-site': 'same-origin' }],
  [{ 'sec-fetch-site': 'none' }],
  [{ origin: own }],
  [{ origin: friend }],
  [{ 'sec-fetch-site': 'same-origin', origin: own }],
  [{ 'sec-fetch-site': 'cross-site', origin: friend }],
  [{ 'sec-fetch-site': 'same-site', origin: own }],
])('accepts a request with the cookie and %j (R-83)', async (headers) => {
  expect(await post({ cookie, ...headers })).toMatchObject({
    status: 200,
    text: expect.stringContaining(user.username),
  });
});

test.each([
  [{}],
  [{ 'sec-fetch-site': 'cross-site' }],
  [{ 'sec-fetch-site': 'same-site' }],
  [{ 'sec-fetch-site': '' }],
  [{ 'sec-fetch-site': 'Same-Origin' }],
  [{ origin: 'null' }],
  [{ origin: '' }],
  [{ origin: 'https://evil.example' }],
  [{ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
  [{ 'sec-fetch-site': 'same-site', origin: 'https://evil.example' }],
  [{ origin: `${own}.evil.example` }],
  [{ origin: 'http://localhost:4001' }],
  [{ origin: 'https://localhost:4000' }],
  [{ origin: `${own}/` }],
  [{ origin: 'https://app.example.org.evil.example' }],
  [{ origin: 'https://evil-app.example.org' }],
  [{ origin: 'http://app.example.org' }],
  [{ referer: `${own}/` }],
  [{ host: 'localhost:4000' }],
  [{ origin: `${own}, https://evil.example` }],
  [{ 'apollo-require-preflight': '1' }],
  [{ 'x-requested-with': 'XMLHttpRequest' }],
])('rejects a request with the cookie and %j, and executes nothing (R-83)', async (headers) => {
  const before = await events();
  const answer = await post(
    { cookie, ...headers } as Record<string, string>,
    'mutation { logout { userErrors { code } } }',
  );
  expect(answer.status).toBe(403);
  expect(JSON.parse(answer.text)).toEqual({
    errors: [{ message: expect.any(String), extensions: { code: 'FORBIDDEN' } }],
  });
  expect(answer.headers['set-cookie']).toBeUndefined();
  expect(await events()).toEqual(before);
  expect((await user.client.send('{ me { username } }')).data).toEqual({ me: { username: user.username } });
});

test('rejects a sign-in from another site, even without a cookie (R-83)', async () => {
  const before = await events();
  const document = `mutation { login(input: { login: "${user.username}", password: "${user.password}" }) { userErrors { code } } }`;
  for (const headers of [
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { origin: 'null' },
  ] as Record<string, string>[]) {
    expect(await post(headers, document)).toMatchObject({ status: 403 });
  }
  expect(await events()).toEqual(before);
});

test('signs in a client that sends no browser headers (R-83)', async () => {
  const answer = await post(
    {},
    `mutation { login(input: { login: "${user.username}", password: "${user.password}", delivery: BEARER }) { session { token } } }`,
  );
  expect(answer).toMatchObject({ status: 200, text: expect.stringContaining('pss_') });
});

test('requires no Origin header with a bearer token (R-83)', async () => {
  const { token } = await signIn(postern, user, 'BEARER');
  expect(await post({ authorization: `Bearer ${token}` })).toMatchObject({
    status: 200,
    text: expect.stringContaining(user.username),
  });
  expect(await post({ authorization: `Bearer ${token}`, cookie })).toMatchObject({
    status: 200,
    text: expect.stringContaining(user.username),
  });
});

const preflight = (origin: string) =>
  sendRaw(`${postern.url}/graphql`, 'OPTIONS', {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type',
  });
const allowsOrigin = ({ headers }: RawAnswer) => headers['access-control-allow-origin'];

test.each([friend, 'https://other.example.org'])(
  'allows the origin %s and credentials in the response to its preflight (R-83)',
  async (origin) => {
    expect(await preflight(origin)).toMatchObject({
      status: 204,
      headers: {
        'access-control-allow-origin': origin,
        'access-control-allow-credentials': 'true',
        'access-control-allow-methods': 'POST',
        vary: expect.stringContaining('Origin'),
      },
    });
  },
);

test.each([
  'https://evil.example',
  'null',
  '*',
  `${friend}.evil.example`,
  'http://app.example.org',
  'https://APP.example.org.',
])('allows no origin in the response to a preflight from %s (R-83)', async (origin) => {
  expect(allowsOrigin(await preflight(origin))).toBeUndefined();
  expect(allowsOrigin(await post({ origin }))).toBeUndefined();
});

test('allows only the requesting origin in a response (R-83)', async () => {
  expect(allowsOrigin(await post({ origin: friend }))).toBe(friend);
});

test('rejects every other origin when POSTERN_CORS_ORIGINS isn’t set (R-83)', async () => {
  const closed = await startBeside(postern, {});
  try {
    for (const method of ['OPTIONS', 'POST']) {
      const answer = await sendRaw(
        `${closed.url}/graphql`,
        method,
        { origin: friend, 'access-control-request-method': 'POST', 'content-type': 'application/json' },
        method === 'POST' ? '{"query":"{ __typename }"}' : '',
      );
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      expect(answer.status).toBeGreaterThanOrEqual(400);
    }
  } finally {
    await closed.close();
  }
});

test.each([
  ['a cookie and no Origin', {}, `needs the header Origin: ${own}. Or use a bearer token.`, `Origin: ${own}`],
  ['another Origin', { origin: 'http://127.0.0.1:4000' }, `Use ${own}.`, `请使用 ${own}`],
])('says to a request with %s what to send, in its language', async (_, headers, english, chinese) => {
  expect((await post({ cookie, ...headers } as Record<string, string>)).text).toContain(english);
  const answer = await post({ cookie, 'accept-language': 'zh', ...headers } as Record<string, string>);
  expect(answer.text).toContain(chinese);
});

test.each(['', ' '])('treats the empty Authorization header %j as none, in each check of it', async (authorization) => {
  expect((await post({ authorization }, '{ publicSettings: __typename }')).status).toBe(200);
  expect((await post({ authorization, cookie, origin: own })).text).toContain(user.username);
  expect((await post({ authorization, cookie, origin: 'https://evil.example' })).status).toBe(403);
  expect((await post({ authorization, cookie })).status).toBe(403);
});

test('treats an empty session cookie as none', async () => {
  const empty = cookie.split('; ').map((pair) => pair.replace(/=.*/, '='));
  expect((await post({ cookie: empty.join('; ') }, '{ __typename }')).status).toBe(200);
});
