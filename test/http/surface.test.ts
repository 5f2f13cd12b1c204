import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newUser } from '../support/users.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { startBeside } from '../support/start-beside.js';
import { sendRaw } from './send-raw.js';

const production = { NODE_ENV: 'production', HOST: '127.0.0.1', PUBLIC_URL: 'https://account.example.org' };
const introspection = '{ __schema { queryType { name } } }';
let inDevelopment: TestPostern;
let inProduction: TestPostern;
beforeAll(async () => {
  inDevelopment = await startPostern({ NODE_ENV: 'development', HOST: '127.0.0.1' });
  inProduction = await startBeside(inDevelopment, production);
});
afterAll(async () => {
  await inProduction.close();
  await inDevelopment.close();
});

const browse = ({ url }: TestPostern, path: string) =>
  sendRaw(url + path, 'GET', { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' });

test('serves Apollo Sandbox with cookies at /graphql in development', async () => {
  const { status, headers, text } = await browse(inDevelopment, '/graphql');
  expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type: 'text/html' });
  expect(text).toContain('embeddable-sandbox.cdn.apollographql.com');
  expect(text).toMatch(/includeCookies\W+true/);
});

test('serves the explorer at /graphiql in development, with files only from this server', async () => {
  const page = await browse(inDevelopment, '/graphiql');
  expect(page.status).toBe(200);
  const [, base = ''] = /<base href="([^"]+)"/.exec(page.text) ?? [];
  const files = [...page.text.matchAll(/<(?:script|link)\b[^>]*?(?:src|href)="([^"]+)"/g)].map(
    ([, file = '']) => new URL(file, new URL(base, inDevelopment.url)),
  );
  expect(files.length).toBeGreaterThan(3);
  for (const { origin, pathname } of files) {
    expect(origin).toBe(inDevelopment.url);
    const file = await browse(inDevelopment, pathname);
    expect([pathname, file.status]).toEqual([pathname, 200]);
    expect(file.headers['content-type']).not.toBe('text/html');
  }
});

test('restricts the explorer to this server by its CSP, without inline scripts', async () => {
  const { headers, text } = await browse(inDevelopment, '/graphiql');
  const policy = Object.fromEntries(
    String(headers['content-security-policy'])
      .split(';')
      .map((part) => part.trim().split(/ (.*)/)),
  );
  expect(policy).toMatchObject({
    'default-src': "'self'",
    'script-src': "'self'",
    'connect-src': "'self'",
    'object-src': "'none'",
    'frame-ancestors': "'none'",
  });
  expect(JSON.stringify(policy)).not.toMatch(/https?:|\*/);
  for (const [, attributes, script] of text.matchAll(/<script\b([^>]*)>([^]*?)<\/script>/g)) {
    expect(attributes).toContain('src=');
    expect(script?.trim()).toBe('');
  }
});

test.each([
  '..%2f..%2f..%2fpackage.json',
  '%2e%2e/%2e%2e/package.json',
  '..%5c..%5cpackage.json',
  'index.html',
  'no-such-file.js',
  '',
])('responds with 404 to a path that isn’t a file of the explorer: %s', async (path) => {
  const page = await browse(inDevelopment, '/graphiql');
  const [, base = ''] = /<base href="([^"]+)"/.exec(page.text) ?? [];
  const answer = await browse(inDevelopment, base + path);
  expect(answer.status).toBe(404);
  expect(answer.text).not.toContain('dependencies');
});

test('serves no explorer and no API landing page in production (R-95)', async () => {
  for (const path of [
    '/graphiql',
    '/graphiql/options.js',
    '/graphiql/8.5.9/main.js',
    '/dev/mail',
    '/dev/mail/0',
    '/sandbox',
  ]) {
    expect([path, (await browse(inProduction, path)).status]).toEqual([path, 404]);
  }
  const answer = await browse(inProduction, '/graphql');
  expect(answer).toMatchObject({ status: 405, headers: { allow: 'POST' } });
  expect(answer.text).not.toContain('<');
});

test('ignores settings for tests in production (R-95)', async () => {
  const fooled = await startBeside(inDevelopment, {
    ...production,
    TEST_CLOCK: '2000-01-01',
    CLOCK: '2000-01-01',
    MAIL_SINK: '/tmp',
    TEST_DATABASE_URL: 'postgres://nowhere/',
    ALLOW_TEST_HOOKS: '1',
    DEBUG: '*',
  });
  try {
    const { config } = fooled.app.dependencies;
    expect(config).toEqual(inProduction.app.dependencies.config);
    expect((await browse(fooled, '/graphiql')).status).toBe(404);
  } finally {
    await fooled.close();
  }
});

test('hides the schema from anonymous callers in production, but returns __typename', async () => {
  const client = inProduction.client();
  expect((await client.send('{ __typename }')).data).toEqual({ __typename: 'Query' });
  for (const document of [
    introspection,
    '{ __type(name: "User") { name } }',
    'query Q { ...F } fragment F on Query { __schema { types { name } } }',
  ]) {
    const answer = await client.send(document);
    expect(answer.data).toBeNull();
    expect(answer.text).not.toContain('"User"');
  }
});

test('suggests no field names for misspelled ones in production', async () => {
  const answer = await inProduction.client().send('{ mee { id } polic { registration } }');
  expect(answer.text).not.toMatch(/did you mean|policy/i);
  expect((await inDevelopment.client().send('{ mee { id } }')).text).toContain('Did you mean');
});

test('shows the schema with POSTERN_INTROSPECTION=on in production, hides it with off in development', async () => {
  const open = await startBeside(inDevelopment, { ...production, INTROSPECTION: 'on' });
  const closed = await startBeside(inDevelopment, { INTROSPECTION: 'off' });
  try {
    expect((await open.client().send(introspection)).data).toEqual({ __schema: { queryType: { name: 'Query' } } });
    expect((await closed.client().send(introspection)).data).toBeNull();
    expect((await inDevelopment.client().send(introspection)).data).toEqual({
      __schema: { queryType: { name: 'Query' } },
    });
  } finally {
    await open.close();
    await closed.close();
  }
});

test('sets security headers on every response, and HSTS only over HTTPS', async () => {
  const { client } = await newUser(inDevelopment);
  const { headers } = await client.send('{ me { id } }');
  expect(Object.fromEntries(headers)).toMatchObject({
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
  });
  for (const postern of [inDevelopment, inProduction]) {
    for (const path of ['/graphql', '/livez', '/nothing']) {
      const answer = await browse(postern, path);
      expect(Object.keys(answer.headers).filter((name) => /server|powered|version/.test(name))).toEqual([]);
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  }
  expect((await browse(inProduction, '/livez')).headers['strict-transport-security']).toMatch(/max-age=(\d{8,})/);
  expect(headers.get('strict-transport-security')).toBeNull();
});
