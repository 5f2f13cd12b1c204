import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { query } from '../support/database.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { startBeside } from '../support/start-beside.js';
import { sendRaw } from './send-raw.js';

let direct: TestPostern;
let behindProxies: TestPostern;
beforeAll(async () => {
  direct = await startPostern();
  behindProxies = await startBeside(direct, { TRUSTED_PROXIES: '127.0.0.1,10.0.0.0/8,2001:db8:ffff::/48' });
});
afterAll(async () => {
  await behindProxies.close();
  await direct.close();
});

/** Fails to sign in with some headers. @returns the address in the recorded security event */
async function addressOfEvent(
  { url, database }: TestPostern,
  headers: Record<string, string | string[]>,
): Promise<string | null> {
  const document = 'mutation { login(input: { login: "nobody.here", password: "nothing" }) { userErrors { code } } }';
  const {
    text,
    headers: { 'x-request-id': requestId },
  } = await sendRaw(
    `${url}/graphql`,
    'POST',
    { 'content-type': 'application/json', ...headers },
    JSON.stringify({ query: document }),
  );
  expect(text).toContain('INVALID_CREDENTIALS');
  const [event, ...more] = await query<{ ip: string | null }>(
    database,
    `select ip from security_events where type = 'LOGIN_FAILED' and request_id = ?`,
    [requestId],
  );
  expect(more).toEqual([]);
  return event!.ip;
}

test.each([
  [{ 'x-forwarded-for': '203.0.113.7' }],
  [{ forwarded: 'for=203.0.113.7' }],
  [{ 'x-real-ip': '203.0.113.7' }],
  [{ 'x-client-ip': '203.0.113.7', 'cf-connecting-ip': '203.0.113.7', 'true-client-ip': '203.0.113.7' }],
])('uses the peer’s address without TRUSTED_PROXIES, whatever the headers: %j (R-22)', async (headers) => {
  expect(await addressOfEvent(direct, headers)).toBe('127.0.0.1');
});

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['198.51.100.1, 203.0.113.7', '203.0.113.7'],
  ['198.51.100.1, 203.0.113.7, 10.1.2.3', '203.0.113.7'],
  ['10.9.9.9, 203.0.113.7, 10.1.2.3, 10.4.5.6', '203.0.113.7'],
  ['127.0.0.1, 198.51.100.9', '198.51.100.9'],
  ['2001:db8::1, 2001:db8:ffff::5', '2001:db8::1'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['203.0.113.7:51234', '203.0.113.7'],
  ['203.0.113.50, 10.0.0.7:41234', '203.0.113.50'],
  ['203.0.113.50:1, 10.0.0.7:41234, 10.0.0.8:2', '203.0.113.50'],
  ['2001:db8::1, [2001:db8:ffff::5]:443', '2001:db8::1'],
  ['198.51.100.1, ::ffff:10.0.0.7', '198.51.100.1'],
  ['198.51.100.1, not an address, 10.0.0.7', null],
  ['[2001:db8::1]:443', '2001:db8::1'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['2001:0DB8:0000:0000:0000:0000:0000:0001', '2001:db8::1'],
])('reads X-Forwarded-For: %s from the right, skips trusted proxies and finds %s (R-22)', async (chain, expected) => {
  expect(await addressOfEvent(behindProxies, { 'x-forwarded-for': chain })).toBe(expected);
});

test('joins several X-Forwarded-For headers into one chain of addresses (R-22)', async () => {
  expect(await addressOfEvent(behindProxies, { 'x-forwarded-for': ['198.51.100.1', '203.0.113.7, 10.1.2.3'] })).toBe(
    '203.0.113.7',
  );
});

test.each([{ forwarded: 'for=203.0.113.7' }, { 'x-real-ip': '203.0.113.7' }])(
  'reads only X-Forwarded-For from trusted proxies, not %j (R-22)',
  async (headers) => {
    expect(await addressOfEvent(behindProxies, headers as Record<string, string>)).toBe('127.0.0.1');
  },
);

test.each([
  'not an address',
  "'; drop table accounts; --",
  '203.0.113.7, unknown',
  '999.1.1.1',
  '999.1.1.1:80',
  '203.0.113.7:',
  '[203.0.113.7',
])('records no address when a trusted proxy sends an invalid one: %s (R-22)', async (chain) => {
  expect(await addressOfEvent(behindProxies, { 'x-forwarded-for': chain })).toBeNull();
});

test('treats a proxy that isn’t trusted as the client (R-22)', async () => {
  const elsewhere = await startBeside(direct, { TRUSTED_PROXIES: '10.0.0.0/8' });
  try {
    expect(await addressOfEvent(elsewhere, { 'x-forwarded-for': '203.0.113.7' })).toBe('127.0.0.1');
  } finally {
    await elsewhere.close();
  }
});

/** The warnings that some requests cause in a new process with some settings. */
async function warningsOf(settings: Record<string, string>, requests: readonly Record<string, string>[]) {
  const started = await startBeside(direct, settings);
  const logged = direct.log.length;
  try {
    for (const headers of requests) await sendRaw(`${started.url}/livez`, 'GET', headers);
  } finally {
    await started.close();
  }
  return direct.log.slice(logged).filter((line) => line.includes('"level":40'));
}
const forwarded = { 'x-forwarded-for': '203.0.113.7, 198.51.100.1' };

test.each<[string, Record<string, string>, Record<string, string>]>([
  ['X-Forwarded-For without POSTERN_TRUSTED_PROXIES', {}, forwarded],
  ['Forwarded without POSTERN_TRUSTED_PROXIES', {}, { forwarded: 'for=203.0.113.7' }],
  ['X-Real-IP without POSTERN_TRUSTED_PROXIES', {}, { 'x-real-ip': '203.0.113.7' }],
  ['X-Forwarded-For of a proxy that isn’t trusted', { TRUSTED_PROXIES: '10.0.0.0/8' }, forwarded],
  ['only X-Real-IP of a trusted proxy', { TRUSTED_PROXIES: '127.0.0.1' }, { 'x-real-ip': '203.0.113.7' }],
])('warns once, without an address, when it ignores %s (R-22, R-98)', async (_what, settings, headers) => {
  const warnings = await warningsOf(settings, [{}, headers, headers, forwarded]);
  expect(warnings).toEqual([expect.stringContaining('Set POSTERN_TRUSTED_PROXIES to the address of the proxy')]);
  expect(warnings[0]).not.toMatch(/203\.0\.113|198\.51\.100|127\.0\.0\.1|10\.0\.0\.0/);
});

test.each<[string, Record<string, string>, Record<string, string>]>([
  ['no forwarding headers', {}, {}],
  ['X-Forwarded-For of a trusted proxy', { TRUSTED_PROXIES: '127.0.0.1' }, forwarded],
  ['an invalid X-Forwarded-For of a trusted proxy', { TRUSTED_PROXIES: '127.0.0.1' }, { 'x-forwarded-for': 'unknown' }],
])('warns of no proxy when it gets %s (R-22)', async (_what, settings, headers) => {
  expect(await warningsOf(settings, [headers])).toEqual([]);
});
