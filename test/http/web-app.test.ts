import { readFileSync, readdirSync } from 'node:fs';
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { webAppPaths } from '../../src/http/routes/web-app.js';
import { startBeside } from '../support/start-beside.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { sendRaw } from './send-raw.js';

/** The JavaScript of the first view (in bytes, compressed with gzip). */
const FIRST_VIEW_BYTES = 100_000;

let postern: TestPostern;
let production: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
  production = await startBeside(postern, {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PUBLIC_URL: 'https://account.example.org',
  });
});
afterAll(async () => {
  await production.close();
  await postern.close();
});

const get = (path: string, headers: Record<string, string> = {}, at = postern) =>
  fetch(`${at.url}${path}`, { headers });

/** Every built asset, without its compressed forms. */
const assets = readdirSync('dist/web/assets').filter((name) => !/\.(?:br|gz)$/.test(name));

test.each(webAppPaths.map((path) => path.replace('*', 'somebody')))(
  'serves the web app at %s in development and in production',
  async (path) => {
    for (const at of [postern, production]) {
      const answer = await get(path, {}, at);
      expect({ status: answer.status, type: answer.headers.get('content-type') }).toEqual({
        status: 200,
        type: 'text/html; charset=utf-8',
      });
      expect(await answer.text()).toContain('<div id="root">');
    }
  },
);

test('rejects unknown paths and files outside the web app’s assets', async () => {
  for (const path of [
    '/nothing',
    '/profile/x',
    '/assets/',
    '/assets/nothing.js',
    '/index.html',
    '/assets/..%2findex.html',
    '/assets/..%2f..%2f..%2fpackage.json',
    '/assets/%2e%2e/%2e%2e/main.js',
  ]) {
    const answer = await sendRaw(`${postern.url}${path}`, 'GET', {});
    expect([path, answer.status]).toEqual([path, /\.\.|%2e|assets\/$/.test(path) ? expect.any(Number) : 404]);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.text).not.toMatch(/<div id="root">|dependencies/);
  }
});

test('serves the web app with a strict CSP, without inline code and without caching (R-89, R-60)', async () => {
  const answer = await get('/', {}, production);
  const policy = Object.fromEntries(
    (answer.headers.get('content-security-policy') ?? '')
      .split('; ')
      .map((part) => part.split(/ (.*)/) as [string, string]),
  );
  expect(policy).toMatchObject({
    'default-src': "'self'",
    'script-src': "'self'",
    'style-src': "'self'",
    'connect-src': "'self'",
    'img-src': "'self' data:",
    'object-src': "'none'",
    'base-uri': "'none'",
    'frame-ancestors': "'none'",
    'form-action': "'self'",
    'require-trusted-types-for': "'script'",
  });
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'strict-transport-security': expect.stringMatching(/^max-age=\d{8}/),
  });
  const html = await answer.text();
  expect(html).not.toMatch(/<style|style=|\son\w+=|javascript:/);
  for (const [, attributes, script] of html.matchAll(/<script\b([^>]*)>([^]*?)<\/script>/g))
    expect([attributes, script]).toEqual([expect.stringContaining('src="/assets/'), '']);
  for (const [, address] of html.matchAll(/(?:src|href)="([^"]+)"/g))
    expect(address).toMatch(/^\/assets\/[\w-]+\.\w+$/);
});

test.each([
  ['br', brotliDecompressSync],
  ['gzip', gunzipSync],
] as const)(
  'serves assets compressed with %s, under hashed names and with permanent caching',
  async (encoding, unpack) => {
    const compressed = assets.filter(
      (name) => /\.(?:js|css)$/.test(name) && readFileSync(`dist/web/assets/${name}`).length >= 1_024,
    );
    expect(compressed.length).toBeGreaterThan(5);
    for (const name of compressed) {
      expect(name).toMatch(/-[\w-]{8}\.\w+$/);
      const answer = await sendCompressed(`/assets/${name}`, encoding);
      expect(answer.headers).toMatchObject({
        'content-encoding': encoding,
        vary: 'accept-encoding',
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
      });
      expect(answer.headers['content-type']).toMatch(name.endsWith('.js') ? /javascript/ : /css/);
      expect(unpack(answer.body).equals(readFileSync(`dist/web/assets/${name}`))).toBe(true);
    }
  },
);

test('serves assets uncompressed to a client that accepts no compression', async () => {
  const [name] = assets.filter((asset) => asset.endsWith('.css'));
  const answer = await get(`/assets/${name}`, { 'accept-encoding': 'identity' });
  expect(answer.headers.get('content-encoding')).toBeNull();
  expect(await answer.text()).toBe(readFileSync(`dist/web/assets/${name}`, 'utf8'));
});

test('loads less than 100 kB of JavaScript for the web app’s first view', () => {
  const html = readFileSync('dist/web/index.html', 'utf8');
  const first = [...html.matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)].map(([, name = '']) => name);
  const reached = withStaticImports(first);
  const bytes = [...reached].reduce(
    (sum, name) => sum + gzipSync(readFileSync(`dist/web/assets/${name}`), { level: 9 }).length,
    0,
  );
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThan(FIRST_VIEW_BYTES);
  for (const later of ['strength', 'signed-in']) {
    expect(assets).toContainEqual(expect.stringMatching(`^${later}-`));
    expect([...reached]).not.toContainEqual(expect.stringMatching(`^${later}-`));
  }
});

test.each(['/reset-password', '/revert-email-change', '/restore-account', '/setup'])(
  'explains at %s what to do without JavaScript (R-46)',
  async (path) => {
    const [, text = ''] = /<noscript>([^]*)<\/noscript>/.exec(await (await get(path)).text()) ?? [];
    expect(text).toContain('curl -s http://localhost:4000/graphql');
    expect(text).toContain('The token is the part after #');
  },
);

/** The scripts and their static imports. */
function withStaticImports(names: readonly string[], seen = new Set<string>()): Set<string> {
  for (const name of names) {
    if (seen.has(name)) continue;
    seen.add(name);
    const code = readFileSync(`dist/web/assets/${name}`, 'utf8');
    withStaticImports(
      [...code.matchAll(/(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]/g)].map(([, file = '']) => file),
      seen,
    );
  }
  return seen;
}

/** Requests a path and returns the body as sent, without decompression. */
async function sendCompressed(
  path: string,
  encoding: string,
): Promise<{ headers: Record<string, unknown>; body: Buffer }> {
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    request(`${postern.url}${path}`, { headers: { 'accept-encoding': encoding } }, (response) => {
      const parts: Buffer[] = [];
      response
        .on('data', (part: Buffer) => parts.push(part))
        .on('end', () => resolve({ headers: response.headers, body: Buffer.concat(parts) }));
    })
      .on('error', reject)
      .end();
  });
}
