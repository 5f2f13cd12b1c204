import { afterEach, expect, test } from '@jest/globals';
import { newMasterKey } from '../../src/crypto/key-ring.js';
import { openEmbedded } from '../../src/database/connection/embedded.js';
import { query } from '../support/database.js';
import { registerAt } from '../support/registrations.js';
import { goodPassword } from '../support/users.js';
import { cleanUp, launchServer, migratedFolder, runCommand, startServer } from '../support/server-process.js';

afterEach(cleanUp);

const [first, second] = [newMasterKey(new Date('2026-01-01')), newMasterKey(new Date('2026-02-01'))];
const enableTwoFactor =
  'mutation ($input: EnableTwoFactorInput!) { enableTwoFactor(input: $input) { userErrors { code } } }';
const idOf = (key: string) => key.split(':')[0]!;

/** An installation with a user, whose secrets the first key encrypted. */
async function installation(): Promise<string> {
  const directory = migratedFolder();
  const server = await startServer({ DATA_DIR: directory, ENCRYPTION_KEYS: first, EVENT_SEAL_SECONDS: '1' });
  const { client } = await registerAt(server);
  const { text } = await client.send(enableTwoFactor, { input: { password: goodPassword } });
  expect(text).toContain('"userErrors":[]');
  await server.process.stop();
  return directory;
}

/** Starts a server with keys. @returns null if it starts, otherwise what it says */
async function start(directory: string, keys: string): Promise<string | null> {
  const server = launchServer({ DATA_DIR: directory, ENCRYPTION_KEYS: keys });
  const ready = server.until(({ lines }) => lines.some(({ msg }) => msg === 'Postern is ready'));
  const isReady = await ready.then(
    () => true,
    () => false,
  );
  const { stderr } = await server.stop();
  return isReady ? null : stderr;
}

test('refuses to start when an encryption key is missing or another one', async () => {
  const directory = await installation();
  const missing = await start(directory, second);
  expect(missing).toContain(`secrets of keys that are missing: ${idOf(first)}. `.trim());
  expect(missing).toContain('ENCRYPTION_KEYS');
  expect(missing).not.toMatch(/^\s+at /m);
  const different = `${idOf(first)}:${second.split(':')[1]}`;
  expect(await start(directory, different)).toContain(`not the ones that it was used with: ${idOf(first)}`);
  expect(await start(directory, first)).toBeNull();
});

test('starts with a newer key beside the older one, and without the older one after a rotation', async () => {
  const directory = await installation();
  expect(await start(directory, `${second},${first}`)).toBeNull();
  expect(await start(directory, first)).toContain(idOf(second));
  expect(await start(directory, second)).toContain(idOf(first));
  const keys = { DATA_DIR: directory, ENCRYPTION_KEYS: `${second},${first}` };
  expect((await runCommand(['keys', 'rotate'], keys)).code).toBe(0);
  expect(await start(directory, `${second},${first}`)).toBeNull();
  expect(await start(directory, second)).toBeNull();
});

test('starts without a lost key only after `postern keys forget`', async () => {
  const directory = await installation();
  const keys = { DATA_DIR: directory, ENCRYPTION_KEYS: second };
  expect((await runCommand(['keys', 'forget', 'unknown'], keys)).stderr).toContain('knows no key unknown');
  const withKey = { ...keys, ENCRYPTION_KEYS: first };
  expect((await runCommand(['keys', 'forget', idOf(first)], withKey)).stderr).toContain('Remove it from there first');
  expect(await start(directory, second)).not.toBeNull();
  expect((await runCommand(['keys', 'forget', idOf(first)], keys)).code).toBe(0);
  expect(await start(directory, second)).toBeNull();
});

test('verifies stored secrets before the first canary, as after an upgrade', async () => {
  const directory = await installation();
  const database = await openEmbedded(directory);
  await query(database, 'delete from key_canaries').finally(database.close);
  expect(await start(directory, second)).toContain(idOf(first));
  expect(await start(directory, first)).toBeNull();
});

test('says that a key is missing instead of tampering when events can’t be verified', async () => {
  const directory = await installation();
  const settings = { DATA_DIR: directory, ENCRYPTION_KEYS: second };
  const { code, stdout } = await runCommand(['events', 'verify'], settings);
  expect(code).toBe(2);
  expect(stdout).toContain('Not everything could be verified, because keys are missing');
  expect(stdout).not.toContain('ampering');
});
