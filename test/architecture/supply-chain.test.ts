import { execFile } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from '@jest/globals';
import { formatLicenses, isAllowed } from '../../scripts/supply-chain/licenses.js';
import { newCallKey } from '../../src/crypto/call-key.js';
import { newToken } from '../../src/crypto/token.js';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'postern-secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** How keys are written. */
const pem = { type: 'pkcs8', format: 'pem' } as const;

const component = (licenses?: object[]) =>
  ({ name: 'graphql', version: '1.0.0', ...(licenses ? { licenses } : {}) }) as Parameters<typeof isAllowed>[0];

test.each([
  [[{ license: { id: 'MIT' } }], true],
  [[{ expression: '(MIT OR GPL-3.0-only)' }], true],
  [[{ expression: 'MIT AND GPL-3.0-only' }], false],
  [[{ license: { id: 'AGPL-3.0-only' } }], false],
  [[{ license: { id: 'MIT' } }, { license: { id: 'Elastic-2.0' } }], false],
  [[{ license: { name: 'see the web site' } }], false],
  [undefined, false],
])('decides whether a component with the licenses %j may be shipped', (licenses, allowed) => {
  expect(isAllowed(component(licenses))).toBe(allowed);
});

test('ships the text of a license', () => {
  expect(formatLicenses([component([{ license: { id: 'MIT' } }])])).toMatch(
    /^graphql 1\.0\.0\nLicense: MIT\n\n.*Permission is hereby granted/s,
  );
});

/** What the scan for secrets finds in a text. */
async function scan(text: string): Promise<string> {
  const file = join(folder, 'planted.txt');
  writeFileSync(file, text);
  const argv = [join(root, 'node_modules/.bin/secretlint'), '--no-glob', '--no-color', file];
  return promisify(execFile)(process.execPath, argv, { cwd: root }).then(
    () => '',
    ({ stdout }: { stdout: string }) => stdout,
  );
}

test.each([
  ['a session', newToken('session')],
  ['an API token', newToken('apiToken')],
  ['an access token', newToken('accessToken')],
  ['a setup token', newToken('setup')],
  ['a link that restores an account', newToken('accountDeletion')],
  ['a call key', newCallKey()],
  ['an encryption key', `POSTERN_ENCRYPTION_KEYS=first:${randomBytes(32).toString('base64')}`],
  [
    'a private key',
    generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: pem,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    }).privateKey,
  ],
  ['a password in a URL', ['postgres://postern', 'f8Kz0aQx91@db.example.org/postern'].join(':')],
])('finds %s in a committed file', async (_name, secret) => {
  const found = await scan(`The secret:\n${secret}\n`);
  expect(found).toContain('error');
  expect(found).not.toContain(secret);
});

test('finds nothing in a file without secrets', async () => {
  expect(await scan('A token begins with pat_, a key with sk-.\n')).toBe('');
});
