import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startBeside } from '../support/start-beside.js';
import { startPostern, type TestPostern } from '../support/postern.js';
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
      expect(answer).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } });
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
