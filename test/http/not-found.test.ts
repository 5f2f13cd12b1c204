import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { webAppPaths } from '../../src/http/routes/web-app.js';
import { startBeside } from '../support/start-beside.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { sendRaw } from './send-raw.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
const get = (path: string, headers: Record<string, string> = {}) => sendRaw(`${postern.url}${path}`, 'GET', headers);

test('answers an unknown path with the web app for browsers, and with JSON for programs', async () => {
  const page = await get('/nowhere', browser);
  expect([page.status, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
  expect(page.headers['content-security-policy']).toContain("default-src 'self'");
  expect(page.text).toContain('<div id="root">');
  for (const accept of ['application/json', '*/*']) {
    const answer = await get('/nowhere', { accept });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      404,
      { errors: [{ message: 'Not found.', extensions: { code: 'NOT_FOUND' } }] },
    ]);
  }
});

test('answers an unknown path in the language of the program', async () => {
  expect((await get('/nowhere', { 'accept-language': 'zh-CN' })).text).toContain('未找到。');
});

// `/administration/` is a path of the web app.
test.each(webAppPaths.filter((path) => path !== '/' && !path.startsWith('/administration')))(
  'redirects from %s with a slash at its end to the path without it',
  async (path) => {
    const { status, headers } = await get(`${path}/?from=mail`, browser);
    expect([status, headers['location']]).toEqual([308, `${path}?from=mail`]);
  },
);

test.each(['//evil.example/', '//evil.example/profile/', '/nowhere/', '/profile/x/', '/%2fprofile/', '/\\profile/'])(
  'redirects from no other path: %s',
  async (path) => {
    const { status, headers } = await get(path, browser);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(headers['location']).toBeUndefined();
  },
);

test('leads password managers to the change of the password (W3C)', async () => {
  const { status, headers } = await get('/.well-known/change-password', browser);
  expect([status, headers['location']]).toEqual([302, '/profile#password']);
  expect((await get('/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200')).status).toBe(
    404,
  );
});

test('serves security.txt with the contact of the setting, and none without it (RFC 9116)', async () => {
  expect((await get('/.well-known/security.txt')).status).toBe(404);
  const beside = await startBeside(postern, { SECURITY_CONTACT: 'security@example.org' });
  const { status, headers, text } = await sendRaw(`${beside.url}/.well-known/security.txt`, 'GET', {});
  await beside.close();
  expect([status, headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8']);
  const [contact, expires = '', ...rest] = text.split('\n');
  expect([contact, ...rest]).toEqual([
    'Contact: mailto:security@example.org',
    'Preferred-Languages: en, zh',
    'Canonical: http://localhost:4000/.well-known/security.txt',
    '',
  ]);
  const validMs = Date.parse(expires.replace('Expires: ', '')) - postern.clock.read().getTime();
  expect(validMs / 86_400_000).toBeCloseTo(180, 1);
});
