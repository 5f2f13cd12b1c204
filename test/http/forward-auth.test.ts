import { METHODS } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newAccessToken } from '../support/access-tokens.js';
import { newUserOfRole } from '../features/administration/administrators.js';
import { query } from '../support/database.js';
import { cookiesOf, forwardAuthSettings, verifyAccess, type AccessRequest } from '../support/forward-auth.js';
import { startWithHeldReads } from '../support/held-reads.js';
import { identityAudiences, partsOf } from '../support/identity-tokens.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { startBeside } from '../support/start-beside.js';
import { newTrustingUser, skipsSecondStep } from '../support/trusted-browsers.js';
import { newUser, signIn, type TestUser } from '../support/users.js';

let postern: TestPostern;
let untrusting: TestPostern;
let user: TestUser;
let cookie: { cookie: string };
beforeAll(async () => {
  postern = await startPostern({ ...forwardAuthSettings, IDENTITY_AUDIENCES: identityAudiences });
  untrusting = await startBeside(postern, { ...forwardAuthSettings, TRUSTED_PROXIES: '10.0.0.0/8' });
  user = await newUser(postern);
  cookie = cookiesOf(user.client, 'postern_session');
});
afterAll(async () => {
  await untrusting.close();
  await postern.close();
});

const ask = (request: AccessRequest = {}) => verifyAccess(postern, request);
const statusOf = async (request: AccessRequest) => (await ask(request)).status;
const signInAddress = 'http://account.example.test/sign-in';
const back = (address: string) => `${signInAddress}?${new URLSearchParams({ return_to: address }).toString()}`;

test('names the user of a session, by cookie or bearer token, without a body or a cookie (R-123)', async () => {
  const bearer = await signIn(postern, user, 'BEARER');
  for (const headers of [cookie, { authorization: `Bearer ${bearer.token}` }]) {
    const answer = await ask({ headers });
    expect([answer.status, answer.text, answer.headers['set-cookie']]).toEqual([204, '', undefined]);
    expect(answer.headers).toMatchObject({
      'x-postern-user': user.id,
      'x-postern-username': user.username,
      'x-postern-role': 'USER',
      'cache-control': 'no-store',
    });
  }
});

test('answers 401 with the sign-in address and a challenge without a session (RFC 6750)', async () => {
  const answer = await ask();
  expect([answer.status, answer.text, answer.headers['set-cookie']]).toEqual([401, '', undefined]);
  expect(answer.headers).toMatchObject({ 'www-authenticate': 'Bearer', 'x-postern-sign-in': signInAddress });
  expect(Object.keys(answer.headers).filter((name) => /^x-postern-(?!sign-in)/.test(name))).toEqual([]);
});

test('refuses API tokens, access tokens, tokens of other kinds and other schemes with 401', async () => {
  const { token } = await newAccessToken(user.client);
  const apiToken = (await user.client.send('mutation { resetApiToken { token } }')).data['resetApiToken']
    .token as string;
  const gate = user.client.cookies.get('postern_gate')!;
  const credentials = [token, apiToken, gate, 'x', ''].map((text) => `Bearer ${text}`);
  for (const authorization of [...credentials, `Basic ${Buffer.from('a:b').toString('base64')}`]) {
    // A bad credential never falls back to the cookie.
    const answer = await ask({ headers: { ...cookie, authorization } });
    expect([authorization.slice(0, 12), answer.status]).toEqual([authorization.slice(0, 12), 401]);
    expect(answer.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
  }
});

test('answers every method and every path below it alike, before reading a body', async () => {
  for (const method of METHODS.filter((each) => each !== 'CONNECT')) {
    expect([method, await statusOf({ method })]).toEqual([method, 401]);
    expect([method, await statusOf({ method, headers: cookie })]).toEqual([method, 204]);
  }
  for (const path of ['/', '/a', '/a/b/../c', '//x', `/${'long/'.repeat(500)}`, '/a%00b'])
    expect([path, await statusOf({ path }), await statusOf({ path, headers: cookie })]).toEqual([path, 401, 204]);
  const body = { method: 'POST', headers: { ...cookie, 'content-type': 'text/plain' }, body: 'x'.repeat(200_000) };
  expect(await statusOf(body)).toBe(204);
  expect(await statusOf({ path: '/%zz', headers: cookie })).toBe(400);
});

test('does not let a preflight request of a CORS origin pass without a session', async () => {
  const preflight = { origin: 'http://localhost:4000', 'access-control-request-method': 'POST' };
  expect(await statusOf({ method: 'OPTIONS', headers: preflight })).toBe(401);
  expect(await statusOf({ method: 'OPTIONS', path: '/x', headers: preflight })).toBe(401);
});

test('answers a request from another site, because the service decides about those', async () => {
  expect(await statusOf({ headers: { ...cookie, origin: 'http://evil.test', 'sec-fetch-site': 'cross-site' } })).toBe(
    204,
  );
});

test.each([
  '?unknown=1',
  '?role=SERVICE',
  '?role=admin',
  '?role=',
  '?role=USER&role=ADMIN',
  '?max_age=-1',
  '?max_age=1.5',
  '?max_age=1e3',
  '?max_age=',
  '?max_age=9999999999999999',
  '?audience=unknown',
  '?audience=',
  '?audience=billing:email+username',
  '?redirect=0',
  '?redirect',
  '?constructor=1',
  '?__proto__=1',
  '?ROLE=USER',
])('answers 400 to %s, with and without a session', async (path) => {
  for (const headers of [{}, cookie]) expect(await ask({ path, headers })).toMatchObject({ status: 400, text: '' });
});

test('answers 403 below a role, and counts the effective role (D-10)', async () => {
  const [admin, root] = [await newUserOfRole(postern, 'ADMIN'), await newUserOfRole(postern, 'ROOT')];
  const of = async ({ client }: Pick<TestUser, 'client'>, role: string, on = postern) =>
    (await verifyAccess(on, { path: `?role=${role}`, headers: cookiesOf(client, 'postern_session') })).status;
  expect([await of(user, 'USER'), await of(user, 'ADMIN'), await of(user, 'ROOT')]).toEqual([204, 403, 403]);
  expect([await of(admin, 'USER'), await of(admin, 'ADMIN'), await of(admin, 'ROOT')]).toEqual([204, 204, 403]);
  expect([await of(root, 'ADMIN'), await of(root, 'ROOT')]).toEqual([204, 204]);
  const strict = await startBeside(postern, { ...forwardAuthSettings, TWO_FACTOR_REQUIRED_FOR: 'ADMIN,ROOT' });
  try {
    // Without the second factor that the role requires, an administrator is a user.
    expect([await of(admin, 'USER', strict), await of(admin, 'ADMIN', strict)]).toEqual([204, 403]);
    const answer = await verifyAccess(strict, { headers: cookiesOf(admin.client, 'postern_session') });
    expect(answer.headers['x-postern-role']).toBe('USER');
  } finally {
    await strict.close();
  }
  const refused = await ask({
    path: '?role=ADMIN&redirect=1',
    headers: { ...cookie, 'x-forwarded-method': 'GET', accept: 'text/html' },
  });
  expect([refused.status, refused.headers['www-authenticate'], refused.text]).toEqual([
    403,
    'Bearer error="insufficient_scope"',
    '',
  ]);
});

test('answers 401 and leads to step-up when the sign-in is older than max_age (RFC 9470)', async () => {
  const { client, password } = await newUser(postern);
  const age = (seconds: number) => ask({ path: `?max_age=${seconds}`, headers: cookiesOf(client, 'postern_session') });
  postern.clock.advance({ seconds: 100 });
  expect([(await age(100)).status, (await age(99)).status]).toEqual([204, 401]);
  const { headers } = await age(99);
  expect(headers['x-postern-sign-in']).toBe(`${signInAddress}?step_up=1`);
  expect(headers['www-authenticate']).toBe('Bearer error="insufficient_user_authentication", max_age="99"');
  await client.send('mutation ($input: ConfirmIdentityInput!) { confirmIdentity(input: $input) { stepUpExpiresAt } }', {
    input: { password },
  });
  expect([(await age(0)).status, (await age(99)).status]).toEqual([204, 204]);
  expect(await statusOf({ path: '?max_age=0' })).toBe(401);
});

test('takes a session that a trusted browser opened, but never as a recent sign-in (R-111)', async () => {
  const server = await startBeside(postern, { ...forwardAuthSettings, TRUSTED_BROWSER_DAYS: '30' });
  const trusting = await newTrustingUser(server);
  await skipsSecondStep(trusting.browser, trusting);
  const headers = cookiesOf(trusting.browser, 'postern_session');
  expect(await statusOf({ headers })).toBe(204);
  const answer = await ask({ path: '?max_age=999999999', headers });
  expect([answer.status, answer.headers['x-postern-sign-in']]).toEqual([401, `${signInAddress}?step_up=1`]);
  await server.close();
});

test('executes one statement and nothing else for each request, whatever the credential', async () => {
  const gate = cookiesOf(user.client, 'postern_gate');
  const unknown = { cookie: 'postern_session=pss_x' };
  for (const [headers, count] of [
    [cookie, 1],
    [gate, 1],
    [unknown, 0],
    [{}, 0],
  ] as const) {
    postern.statements.forget();
    await ask({ headers });
    expect(postern.statements.texts).toHaveLength(count);
  }
});

test('refuses the cookie of a session that was revoked, and of a disabled owner, and clears none', async () => {
  const revoked = await newUser(postern);
  const headers = cookiesOf(revoked.client, 'postern_session');
  await revoked.client.send('mutation { logout { userErrors { code } } }');
  const answer = await ask({ headers });
  expect([answer.status, answer.headers['set-cookie']]).toEqual([401, undefined]);
  const disabled = await newUser(postern);
  await query(postern.database, "update accounts set status = 'DISABLED' where username = ?", [disabled.username]);
  expect(await statusOf({ headers: cookiesOf(disabled.client, 'postern_session') })).toBe(401);
  expect(await statusOf({ headers: cookiesOf(disabled.client, 'postern_gate') })).toBe(401);
});

test('percent-encodes a name that no header can contain', async () => {
  const { client, username } = await newUser(postern);
  const name = 'zoë\r\nX-Postern-Role: ROOT';
  await query(postern.database, 'update accounts set username = ? where username = ?', [name, username]);
  const { status, headers } = await ask({ headers: cookiesOf(client, 'postern_session') });
  expect([status, headers['x-postern-username'], headers['x-postern-role']]).toEqual([
    204,
    encodeURIComponent(name),
    'USER',
  ]);
});

test('answers 400 without a body when a proxy appends a malformed path', async () => {
  expect(await ask({ path: '/%zz' })).toMatchObject({
    status: 400,
    text: '',
    headers: { 'cache-control': 'no-store' },
  });
});

test('answers 503 without a body beyond the requests that the process handles at a time (D-11)', async () => {
  const { busy, release } = await startWithHeldReads(postern, {
    ...forwardAuthSettings,
    MAX_CONCURRENT_REQUESTS: '10',
  });
  const answers = Array.from({ length: 11 }, () => verifyAccess(busy, { headers: cookie }));
  expect(await Promise.race(answers)).toMatchObject({ status: 503, text: '', headers: { 'retry-after': '5' } });
  release();
  expect((await Promise.all(answers)).filter(({ status }) => status === 401)).toHaveLength(10);
  await busy.close();
});

test.each([
  [
    'nginx',
    { 'x-original-url': 'http://console.example.test/a?b=c%20d&e=f#g' },
    'http://console.example.test/a?b=c%20d&e=f#g',
  ],
  ['a port', { 'x-original-url': 'https://other.example.test:8443/' }, 'https://other.example.test:8443/'],
  ['capitals', { 'x-original-url': 'HTTP://Console.Example.Test/A' }, 'http://console.example.test/A'],
])('returns to the address that %s names', async (_name, headers, address) => {
  expect((await ask({ headers })).headers['x-postern-sign-in']).toBe(back(address));
});

const longest = `http://console.example.test/${'x'.repeat(2_048 - 'http://console.example.test/'.length)}`;

test('returns to an address of 2,048 characters, and to no longer one', async () => {
  const signInFor = async (address: string) =>
    (await ask({ headers: { 'x-original-url': address } })).headers['x-postern-sign-in'];
  expect(await signInFor(longest)).toBe(back(longest));
  expect(await signInFor(`${longest}x`)).toBe(signInAddress);
  // It is too long only after the parser has encoded it.
  expect(await signInFor(`${longest.slice(0, -1)}"`)).toBe(signInAddress);
});

test.each([
  ['another host', { 'x-original-url': 'http://evil.test/' }],
  ['another port', { 'x-original-url': 'http://console.example.test:81/' }],
  ['another scheme', { 'x-original-url': 'https://console.example.test/' }],
  ['a host below', { 'x-original-url': 'http://x.console.example.test/' }],
  ['userinfo', { 'x-original-url': 'http://console.example.test@evil.test/' }],
  ['userinfo before an allowed host', { 'x-original-url': 'http://a:b@console.example.test/' }],
  ['empty userinfo', { 'x-original-url': 'http://@console.example.test/' }],
  ['a path alone', { 'x-original-url': '/a' }],
  [
    'a list of hosts',
    { 'x-forwarded-proto': 'http', 'x-forwarded-host': 'console.example.test, evil.test', 'x-forwarded-uri': '/' },
  ],
  [
    'a repeated host',
    { 'x-forwarded-proto': 'http', 'x-forwarded-host': ['console.example.test', 'evil.test'], 'x-forwarded-uri': '/' },
  ],
  [
    'a URI without a slash',
    { 'x-forwarded-proto': 'http', 'x-forwarded-host': 'console.example.test', 'x-forwarded-uri': '@evil.test/' },
  ],
  [
    'a URI with a host',
    { 'x-forwarded-proto': 'http', 'x-forwarded-host': 'console.example.test', 'x-forwarded-uri': '.evil.test/' },
  ],
  [
    'a scheme with a host',
    { 'x-forwarded-proto': 'http://evil.test/?', 'x-forwarded-host': 'console.example.test', 'x-forwarded-uri': '/' },
  ],
  ['Host alone', { host: 'console.example.test' }],
])('names no address to return to for %s', async (_name, headers) => {
  expect((await ask({ headers })).headers['x-postern-sign-in']).toBe(signInAddress);
});

test('ignores what a peer says that is no trusted proxy', async () => {
  const from = async (headers: Record<string, string>, path = '') =>
    (await verifyAccess(untrusting, { path, headers })).headers;
  for (const headers of [
    { 'x-original-url': 'http://console.example.test/' },
    { 'x-forwarded-proto': 'http', 'x-forwarded-host': 'console.example.test', 'x-forwarded-uri': '/' },
    { 'x-forwarded-for': '10.0.0.1', 'x-original-url': 'http://console.example.test/' },
  ])
    expect((await from(headers))['x-postern-sign-in']).toBe(signInAddress);
  const page = { 'x-forwarded-method': 'GET', accept: 'text/html' };
  expect((await verifyAccess(untrusting, { path: '?redirect=1', headers: page })).status).toBe(401);
});

test('ignores the same headers with underscores, and a Host header of another site', async () => {
  const { headers } = await ask({
    headers: { x_original_url: 'http://console.example.test/', host: 'evil.test', 'x-forwarded-host': 'evil.test' },
  });
  expect(headers['x-postern-sign-in']).toBe(signInAddress);
});

test('redirects a browser that opens a page when asked to, and no other request', async () => {
  const page = {
    'x-forwarded-method': 'GET',
    accept: 'text/html,*/*',
    'x-original-url': 'http://console.example.test/x',
  };
  const redirected = await ask({ path: '?redirect=1', headers: page });
  expect([redirected.status, redirected.headers.location, redirected.text]).toEqual([
    302,
    back('http://console.example.test/x'),
    '',
  ]);
  for (const other of [{ 'x-forwarded-method': 'POST' }, { 'x-forwarded-method': 'HEAD' }, { accept: '*/*' }])
    expect(await statusOf({ path: '?redirect=1', headers: { ...page, ...other } })).toBe(401);
  expect(await statusOf({ headers: page })).toBe(401);
  expect(await statusOf({ path: '?redirect=1', headers: { ...page, ...cookie } })).toBe(204);
});

test('counts as use of the session, at most once a minute, as the API does (R-55)', async () => {
  const { client } = await newUser(postern);
  const headers = cookiesOf(client, 'postern_session');
  for (let number = 0; number < 3; number += 1) {
    postern.clock.advance({ minutes: 50 });
    expect(await statusOf({ headers })).toBe(204);
    await postern.app.dependencies.background.whenIdle();
  }
  postern.clock.advance({ minutes: 61 });
  expect(await statusOf({ headers })).toBe(401);
});

test('adds an identity token for an audience, reused for a minute, and records its first issue (R-121)', async () => {
  const { client, id } = await newUser(postern);
  const events = () =>
    query(postern.database, "select detail from security_events where type = 'IDENTITY_TOKEN_ISSUED'");
  const before = (await events()).length;
  const token = async (name: string) => {
    const answer = await ask({ path: '?audience=billing', headers: cookiesOf(client, name) });
    expect([answer.status, answer.text, answer.headers['x-postern-user']]).toEqual([204, '', id]);
    return answer.headers['x-postern-token'] as string;
  };
  const first = await token('postern_gate');
  expect(partsOf(first).claims).toMatchObject({ aud: 'billing', sub: id, role: 'USER' });
  expect(await token('postern_session')).toBe(first);
  postern.clock.advance({ seconds: 61 });
  expect(await token('postern_gate')).not.toBe(first);
  expect((await events()).slice(before)).toEqual([{ detail: 'billing' }]);
  expect((await ask({ headers: cookiesOf(client, 'postern_gate') })).headers['x-postern-token']).toBeUndefined();
  expect((await ask({ path: '?audience=billing' })).headers['x-postern-token']).toBeUndefined();
  // Postern itself accepts no identity token.
  expect(await statusOf({ headers: { authorization: `Bearer ${first}` } })).toBe(401);
});

test('gives the session of a trusted browser no identity token before step-up (R-111, R-121)', async () => {
  const server = await startBeside(postern, { ...forwardAuthSettings, TRUSTED_BROWSER_DAYS: '30' });
  const trusting = await newTrustingUser(server);
  await skipsSecondStep(trusting.browser, trusting);
  const answer = await ask({ path: '?audience=console', headers: cookiesOf(trusting.browser, 'postern_session') });
  expect([answer.status, answer.headers['x-postern-token'], answer.headers['www-authenticate']]).toEqual([
    401,
    undefined,
    'Bearer error="insufficient_user_authentication"',
  ]);
  expect(answer.headers['x-postern-sign-in']).toBe(`${signInAddress}?step_up=1`);
  await server.close();
});
