import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newMasterKey } from '../../src/crypto/key-ring.js';
import { newIdentityToken, partsOf } from '../support/identity-tokens.js';
import { registerAt } from '../support/registrations.js';
import { cleanUp, migratedFolder, runCommand, startServer } from '../support/server-process.js';

let settings: Record<string, string>;
let kid: string;
beforeAll(async () => {
  const ENCRYPTION_KEYS = newMasterKey(new Date('2026-01-01'));
  settings = { DATA_DIR: migratedFolder(), ENCRYPTION_KEYS, IDENTITY_AUDIENCES: 'console' };
  const server = await startServer(settings);
  kid = partsOf(await newIdentityToken((await registerAt(server)).client)).header.kid!;
  await server.process.stop();
});
afterAll(cleanUp);

const linesOf = async (...argv: string[]) => {
  const { stdout } = await runCommand([...argv, '--json'], settings);
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
};

test('`postern keys` and `postern doctor` tell which key signs identity tokens (R-122)', async () => {
  expect(await linesOf('keys', 'list')).toEqual([
    { kid, state: 'SIGNS', signsFrom: expect.any(String), endsAt: null, readable: true },
  ]);
  expect(await linesOf('doctor')).toContainEqual({
    name: 'signing',
    status: 'OK',
    message: `the key ${kid} signs identity tokens; 1 key stored`,
  });
});

test('`postern keys list` says when there are no keys', async () => {
  const { code, stdout } = await runCommand(['keys', 'list'], { ...settings, DATA_DIR: migratedFolder() });
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'No signing keys yet.\n' });
});

test('`postern keys rotate` publishes a key that waits to sign, and `--now` one that signs (R-122)', async () => {
  const newer = {
    ...settings,
    ENCRYPTION_KEYS: `${newMasterKey(new Date('2026-02-01'))},${settings['ENCRYPTION_KEYS']}`,
  };
  const states = async (...argv: string[]) => {
    const { stdout } = await runCommand(['keys', 'rotate', '--json', ...argv], newer);
    return (JSON.parse(stdout) as { signingKeys: { state: string; readable: boolean }[] }).signingKeys.map(
      ({ state, readable }) => [state, readable],
    );
  };
  expect(await states()).toEqual([
    ['SIGNS', true],
    ['WAITS', true],
  ]);
  expect(await states()).toHaveLength(2);
  expect(await states('--now')).toEqual([
    ['REPLACED', true],
    ['REPLACED', true],
    ['SIGNS', true],
  ]);
  settings = newer;
});

test('`postern keys rotate --now` creates no signing key with encryption keys that are not the server’s', async () => {
  const before = await linesOf('keys', 'list');
  const other = { ...settings, ENCRYPTION_KEYS: newMasterKey(new Date('2026-03-01')) };
  const { code, stderr } = await runCommand(['keys', 'rotate', '--now'], other);
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('secrets of keys that are missing') });
  expect(await linesOf('keys', 'list')).toEqual(before);
});
