import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { forwardAuthSettings } from '../support/forward-auth.js';
import { startPostern, type TestPostern } from '../support/postern.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern(forwardAuthSettings);
});
afterAll(() => postern.close());

const open = async (query: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${postern.url}/sign-in${query}`, { headers, redirect: 'manual' });
  return { response, html: await response.text() };
};
const addressIn = (html: string): string | undefined =>
  /<meta name="return-address" content="([^"]*)">/.exec(html)?.[1];
const requested = async (address: string) =>
  addressIn((await open(`?${new URLSearchParams({ return_to: address }).toString()}`)).html);
/** What a page contains that leads nowhere. */
const NONE = 'return-address';

test.each([
  ['http://console.example.test', 'http://console.example.test/'],
  ['http://console.example.test:80/a?b=1&c=2#d', 'http://console.example.test/a?b=1&amp;c=2#d'],
  ['https://other.example.test:8443/?next=//evil.test', 'https://other.example.test:8443/?next=//evil.test'],
  ['HTTP://CONSOLE.EXAMPLE.TEST/../%2e%2e/x', 'http://console.example.test/x'],
  ['http://console.example.test/"><script>', 'http://console.example.test/%22%3E%3Cscript%3E'],
  ["http://console.example.test/?'", 'http://console.example.test/?%27'],
])('writes an allowed address into the sign-in page: %s (R-123)', async (address, written) => {
  expect(await requested(address)).toBe(written);
});

test.each([
  '',
  '/',
  '/profile',
  '//console.example.test',
  '//evil.test',
  '/\\evil.test',
  '\\\\evil.test',
  '/%09/evil.test',
  'evil.test',
  'https:evil.test',
  'http:console.example.test',
  'http:/console.example.test/',
  'http:///console.example.test/',
  'http:\\\\console.example.test/',
  'https://console.example.test/',
  'http://console.example.test:8080/',
  'http://other.example.test:8443/',
  'http://console.example.test.evil.test/',
  'http://evil.test/http://console.example.test/',
  'http://evil.test?http://console.example.test/',
  'http://console.example.test@evil.test/',
  'http://user@console.example.test/',
  'http://user:password@console.example.test/',
  'http://@console.example.test/',
  'http://:@console.example.test/',
  'http://evil.test\\@console.example.test/',
  'http://evil.test\t@console.example.test/',
  'http://evil.test#@console.example.test/',
  'http://console.example.test\\.evil.test/',
  'http://console.example.test\n/',
  'ht\ntp://console.example.test/',
  ' http://console.example.test/',
  'http://console.example.test/\u0000',
  'http://console.example.test/\u202e',
  'http://console.example.test./',
  'http://console%2eexample%2etest%2f@evil.test/',
  'http%3A%2F%2Fconsole.example.test%2F',
  'blob:http://console.example.test/0f',
  'javascript:alert(1)//http://console.example.test/',
  'data:text/html,http://console.example.test/',
  'ftp://console.example.test/',
  'ws://console.example.test/',
  'null',
  `http://console.example.test/${'x'.repeat(2_048)}`,
])('ignores any other address: %j', async (address) => {
  expect(await requested(address)).toBe(NONE);
});

test('ignores an address that is given twice, or on another page', async () => {
  const address = encodeURIComponent('http://console.example.test/');
  expect(addressIn((await open(`?return_to=${address}&return_to=${address}`)).html)).toBe(NONE);
  const profile = await fetch(`${postern.url}/profile?return_to=${address}`);
  expect(addressIn(await profile.text())).toBe(NONE);
});

test('never redirects, keeps its content security policy, and decides by no header', async () => {
  const query = `?return_to=${encodeURIComponent('http://evil.test/')}`;
  const headers = {
    'x-forwarded-host': 'evil.test',
    'x-original-url': 'http://evil.test/',
    referer: 'http://evil.test/',
  };
  const { response, html } = await open(query, headers);
  expect([response.status, response.headers.get('location'), html.includes('evil.test')]).toEqual([200, null, false]);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
  expect(response.headers.get('cache-control')).toBe('no-store');
});

test('leads nowhere without RETURN_ORIGINS', async () => {
  const { RETURN_ORIGINS: _, ...others } = forwardAuthSettings;
  const plain = await startPostern(others);
  try {
    const address = encodeURIComponent('http://console.example.test/');
    expect(addressIn(await (await fetch(`${plain.url}/sign-in?return_to=${address}`)).text())).toBe(NONE);
  } finally {
    await plain.close();
  }
});
