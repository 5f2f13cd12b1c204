import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newMasterKey } from '../../src/crypto/key-ring.js';
import { loginAs } from '../features/sign-in/login-as.js';
import { startBeside } from '../support/start-beside.js';
import { startPostern, testSettings, type TestPostern } from '../support/postern.js';
import { newUser, signIn } from '../support/users.js';
import { sendRaw } from './send-raw.js';

const production = { NODE_ENV: 'production', HOST: '127.0.0.1', PUBLIC_URL: 'https://account.example.org' };
const token = 'metrics-token_0123456789-abcdefghij';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

/** Starts Postern with some settings, and stops it after some work. */
async function withPostern(settings: Record<string, string>, work: (started: TestPostern) => Promise<void>) {
  const started = await startBeside(postern, { ...production, ...settings });
  await work(started).finally(started.close);
}

const get = (url: string, headers: Record<string, string> = {}) => sendRaw(`${url}/metrics`, 'GET', headers);
const bearer = (text: string) => ({ authorization: `Bearer ${text}` });
const metrics = { status: 200, text: expect.stringMatching(/^postern_mail_failed 0$/m) };

/** The URL of the listener for metrics only. */
function metricsUrl({ app: { metricsServer } }: TestPostern): string {
  const [address] = metricsServer?.addresses() ?? [];
  if (typeof address !== 'object') throw new Error('there is no listener for metrics');
  return `http://127.0.0.1:${address.port}`;
}

test('serves no metrics in production without a token and a port, even to a local proxy (R-95)', () =>
  withPostern({}, async ({ url }) => {
    for (const headers of [{}, { host: 'localhost' }, bearer(token), bearer('')])
      expect((await get(url, headers)).status).toBe(404);
  }));

test.each([{}, { host: 'account.example.org' }, { 'x-forwarded-for': '203.0.113.9' }])(
  'serves metrics in production to a request with the token and %j (R-95)',
  (headers) =>
    withPostern({ METRICS_TOKEN: token }, async ({ url }) => {
      expect(await get(url, { ...bearer(token), ...headers } as Record<string, string>)).toMatchObject(metrics);
    }),
);

test('responds with 401 to a request for metrics without the right token, and logs no token (R-93, R-95)', () =>
  withPostern({ METRICS_TOKEN: token }, async ({ url, log }) => {
    for (const headers of [
      {},
      { host: 'localhost' },
      bearer(token.slice(0, -1)),
      bearer(`${token}x`),
      bearer(token.toUpperCase()),
      bearer(''),
      { authorization: token },
      { authorization: `Basic ${Buffer.from(`:${token}`).toString('base64')}` },
      { cookie: `token=${token}`, 'x-metrics-token': token },
    ] as Record<string, string>[]) {
      const answer = await get(url, headers);
      const challenge = headers['authorization']?.startsWith('Bearer') ? 'Bearer error="invalid_token"' : 'Bearer';
      expect(answer).toMatchObject({ status: 401, headers: { 'www-authenticate': challenge } });
      expect(answer.text).not.toMatch(/postern_|process_/);
    }
    expect((await sendRaw(`${url}/metrics?token=${token}`, 'GET', {})).status).toBe(401);
    expect(log.join('\n')).not.toContain(token.slice(0, -1));
  }));

test('requires the token for metrics in development, too, if it is set (R-95)', async () => {
  const development = await startBeside(postern, { METRICS_TOKEN: token });
  try {
    expect((await get(development.url)).status).toBe(401);
    expect(await get(development.url, bearer(token))).toMatchObject(metrics);
  } finally {
    await development.close();
  }
});

test('serves only metrics at METRICS_PORT, to local requests, and none at PORT (R-95)', () =>
  withPostern({ METRICS_PORT: '0' }, async (started) => {
    expect((await get(started.url)).status).toBe(404);
    const url = metricsUrl(started);
    expect(await get(url)).toMatchObject(metrics);
    for (const headers of [{ host: 'evil.example' }, { 'x-forwarded-for': '203.0.113.9' }] as Record<string, string>[])
      expect((await get(url, headers)).status).toBe(404);
    for (const path of ['/', '/graphql', '/livez', '/dev/mail'])
      expect([path, (await sendRaw(url + path, 'GET', {})).status]).toEqual([path, 404]);
    const query = JSON.stringify({ query: '{ __typename }' });
    expect((await sendRaw(`${url}/graphql`, 'POST', { 'content-type': 'application/json' }, query)).status).toBe(404);
  }));

test('serves metrics to other machines if POSTERN_METRICS_HOST isn’t loopback (R-95)', () =>
  withPostern({ METRICS_PORT: '0', METRICS_HOST: '0.0.0.0' }, async (started) => {
    expect(await get(metricsUrl(started), { host: 'postern.internal:9100' })).toMatchObject(metrics);
    expect((await get(started.url, { host: 'postern.internal' })).status).toBe(404);
  }));

test('requires the token at POSTERN_METRICS_PORT if it is set (R-95)', () =>
  withPostern({ METRICS_PORT: '0', METRICS_HOST: '0.0.0.0', METRICS_TOKEN: token }, async (started) => {
    expect((await get(metricsUrl(started))).status).toBe(401);
    expect(await get(metricsUrl(started), bearer(token))).toMatchObject(metrics);
    expect((await get(started.url, bearer(token))).status).toBe(404);
  }));

test('closes the listener for metrics when the server stops', async () => {
  const started = await startBeside(postern, { ...production, METRICS_PORT: '0' });
  const url = metricsUrl(started);
  expect((await get(url)).status).toBe(200);
  await started.close();
  await expect(get(url)).rejects.toThrow(/ECONNREFUSED|hang up/);
});

test('counts sign-ins by factors and outcome, and attempts by limit and outcome', async () => {
  const { username, password } = await newUser(postern);
  // The counters are those of the process, which other test files share.
  const refused = async () =>
    Number(
      /^postern_sign_ins_total\{factors="PASSWORD",outcome="REFUSED"\} (\d+)$/m.exec(
        (await get(postern.url)).text,
      )?.[1] ?? 0,
    );
  const before = await refused();
  await signIn(postern, { username, password });
  await loginAs(postern.client(), { login: username, password: 'Wrong-Harbour-72' });
  const { text } = await get(postern.url);
  expect(text).toMatch(/^postern_sign_ins_total\{factors="PASSWORD",outcome="SUCCESS"\} [1-9]/m);
  expect((await refused()) - before).toBe(1);
  expect(text).toMatch(/^postern_attempts_total\{limit="password",outcome="WRONG"\} [1-9]/m);
  expect(text).toMatch(/^postern_attempts_total\{limit="address",outcome="VERIFIED"\} [1-9]/m);
});

test('shows the age of the newest encryption key by the date in its ID', async () => {
  expect((await get(postern.url)).text).toMatch(/^postern_encryption_key_age_seconds Nan$/m);
  const now = postern.clock.read();
  const keys = `${newMasterKey(new Date(now.getTime() - 86_400_000))},${testSettings.ENCRYPTION_KEYS}`;
  const beside = await startBeside(postern, { ENCRYPTION_KEYS: keys });
  const { text } = await get(beside.url);
  await beside.close();
  const [, age] = /^postern_encryption_key_age_seconds (\S+)$/m.exec(text) ?? [];
  expect(Number(age)).toBeCloseTo(86_400 + ((now.getTime() / 1_000) % 86_400));
  expect(text).toMatch(/^postern_encryption_keys 2$/m);
});

test('counts requests by known operations and outcomes, and statements by name (R-139)', async () => {
  const client = postern.client();
  await client.send('query Secret_4711 { me { id } }');
  await client.send('query Secret_4711 { nothing }');
  const { text } = await get(postern.url);
  expect(text).toMatch(/^postern_requests_total\{operation="me",outcome="OK"\} [1-9]/m);
  expect(text).toMatch(/^postern_requests_total\{operation="other",outcome="GRAPHQL_VALIDATION_FAILED"\} [1-9]/m);
  expect(text).toMatch(/^postern_request_duration_seconds_count\{operation="me"\} [1-9]/m);
  expect(text).toMatch(/^postern_database_statements_total\{statement="[a-z _]+"\} [1-9]/m);
  expect(text).toMatch(/^postern_sessions_open \d+$/m);
  expect(text).not.toContain('Secret_4711');
});
