import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { newMasterKey } from '../../src/crypto/key-ring.js';
import {
  cleanUp,
  migratedFolder,
  runCommand,
  startServer,
  temporaryFolder,
  type Environment,
  type ServerProcess,
} from '../support/server-process.js';
import { goodPassword } from '../support/users.js';
import { registerAt } from '../support/registrations.js';
import {
  confirmTwoFactor,
  enableTwoFactor,
  openChallenge,
  totpCode,
  verifySecondFactor,
} from '../support/two-factor.js';

afterEach(cleanUp);

/** A file with a password and the final line break that editors add. */
function passwordFile(password: string): string {
  const file = join(temporaryFolder(), 'password');
  writeFileSync(file, `${password}\n`);
  return file;
}

const loginDocument =
  'mutation ($input: LoginInput!) { login(input: $input) { user { username role } userErrors { code } } }';

async function signInAs(server: ServerProcess, login: string, password = goodPassword): Promise<unknown> {
  const { data } = await server.client().send(loginDocument, { input: { login, password } });
  return data['login'];
}

const asRoot = (username: string) => ({ user: { username, role: 'ROOT' }, userErrors: [] });

test('prints the version of its package.json', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  for (const option of ['--version', '-v'])
    expect(await runCommand([option], {})).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test('`postern admin create` creates a ROOT with a password from a file while no server runs (R-77)', async () => {
  const settings = { DATA_DIR: migratedFolder() };
  const created = await runCommand(
    ['admin', 'create', '--username', 'Keeper', '--password-file', passwordFile(goodPassword)],
    settings,
  );
  expect(created).toEqual({
    code: 0,
    signal: null,
    stdout: 'Created the ROOT account Keeper. You can sign in now.\n',
    stderr: '',
  });

  const again = await runCommand(
    ['admin', 'create', '--username', 'keeper', '--password-file', passwordFile('Another-Harbour-72')],
    settings,
  );
  expect(again).toEqual({ code: 1, signal: null, stdout: '', stderr: 'This username is already in use.\n' });

  const server = await startServer(settings);
  expect(server.setupToken).toBeNull();
  expect(await signInAs(server, 'keeper')).toEqual(asRoot('keeper'));
  expect(await signInAs(server, 'keeper', 'Another-Harbour-72')).toEqual({
    user: null,
    userErrors: [{ code: 'INVALID_CREDENTIALS' }],
  });
});

test('`postern admin create` reads the password from standard input without showing it', async () => {
  const settings = { DATA_DIR: migratedFolder() };
  const { code, stdout, stderr } = await runCommand(
    ['admin', 'create', '--username', 'keeper'],
    settings,
    `${goodPassword}\n`,
  );
  expect({ code, stdout, stderr }).toEqual({
    code: 0,
    stdout: 'Created the ROOT account keeper. You can sign in now.\n',
    stderr: 'Password: \n',
  });
  expect(await signInAs(await startServer(settings), 'keeper')).toEqual(asRoot('keeper'));
});

test.each([
  ['a password that is too short', 'keeper', 'Abc-71x', 'Use at least 8 characters.\n'],
  ['a common password', 'keeper', 'password123', 'This password is too common. Choose another.\n'],
  ['an invalid username', 'k', goodPassword, 'Use 3–32 characters: letters, numbers, and . _ - in the middle.\n'],
])('`postern admin create` rejects %s and creates nothing (R-1, R-3)', async (_, username, password, messages) => {
  const settings = { DATA_DIR: migratedFolder() };
  const rejected = await runCommand(
    ['admin', 'create', '--username', username, '--password-file', passwordFile(password)],
    settings,
  );
  expect(rejected).toEqual({ code: 1, signal: null, stdout: '', stderr: messages });
  expect((await startServer(settings)).setupToken).toMatch(/^psu_/);
});

test('`postern admin create` fails without a password or a username, and creates nothing', async () => {
  const settings = { DATA_DIR: migratedFolder() };
  const create = async (argv: string[], input = '') => {
    const { code, stdout, stderr } = await runCommand(['admin', 'create', ...argv], settings, input);
    return { code, stdout, stderr };
  };
  expect(await create(['--username', 'keeper'])).toEqual({
    code: 1,
    stdout: '',
    stderr: 'Password: \nNo password entered.\n',
  });
  expect(await create(['--username', 'keeper', '--password-file', '/nowhere/password'])).toEqual({
    code: 1,
    stdout: '',
    stderr: "Can't read the password file /nowhere/password.\n",
  });
  const nameless = await create([]);
  expect(nameless.code).toBe(1);
  expect(nameless.stderr).toContain(
    "error: required option '--username <name>' not specified\n\nUsage: postern admin create",
  );
  expect((await startServer(settings)).setupToken).toMatch(/^psu_/);
});

test('rejects commands while a server is using the embedded database, without affecting the server', async () => {
  const settings = { DATA_DIR: migratedFolder() };
  const server = await startServer(settings);
  for (const argv of [
    ['admin', 'create', '--username', 'keeper', '--password-file', passwordFile(goodPassword)],
    ['migrate'],
  ]) {
    const { code, stdout, stderr } = await runCommand(argv, settings);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(
      `The command failed. The database in ${settings.DATA_DIR} is in use by process ${server.pid} `,
    );
    expect(stderr).not.toMatch(/^\s+at /m);
  }
  expect(await signInAs(server, 'keeper')).toEqual({ user: null, userErrors: [{ code: 'INVALID_CREDENTIALS' }] });
});

test('`postern migrate` applies pending migrations, and does nothing when run again', async () => {
  const settings = { DATA_DIR: temporaryFolder() };
  const first = await runCommand(['migrate'], settings);
  expect(first.stdout).toMatch(/^Applied \d+ migrations\.\n$/);
  expect(await runCommand(['migrate'], settings)).toEqual({
    code: 0,
    signal: null,
    stdout: 'The database is already up to date.\n',
    stderr: '',
  });
  const server = await startServer({ ...settings, MIGRATE_ON_START: 'off' });
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
});

test('supports `--json` in every command, documents it, and prints one JSON object per line with it', async () => {
  const settings = { DATA_DIR: migratedFolder() };
  const commandsOf = async (...argv: string[]): Promise<string[][]> => {
    const { code, stdout } = await runCommand([...argv, '--help'], settings);
    expect({ argv, code, stdout }).toEqual({ argv, code: 0, stdout: expect.stringContaining('--json') });
    const names =
      /\nCommands:\n([^]*?)(?:\n\n|$)/
        .exec(stdout)?.[1]
        ?.split('\n')
        .map((line) => /^ {2}([a-z-]+)/.exec(line)?.[1]) ?? [];
    const inner = names
      .filter((name) => name !== undefined && name !== 'help')
      .map((name) => commandsOf(...argv, name!));
    return inner.length > 0 ? (await Promise.all(inner)).flat() : [argv];
  };
  expect(await commandsOf()).toEqual(
    expect.arrayContaining([
      ['migrate'],
      ['admin', 'create'],
      ['keys', 'generate'],
      ['keys', 'rotate'],
      ['mail', 'failed'],
    ]),
  );

  const json = async (...argv: string[]) => (await runCommand([...argv, '--json'], settings)).stdout;
  expect(JSON.parse(await json('migrate'))).toEqual({ migrations: expect.any(Array) });
  expect(JSON.parse(await json('keys', 'generate'))).toEqual({ key: expect.stringMatching(/^\d{8}-[0-9a-f]{6}:/) });
  expect(JSON.parse(await json('keys', 'rotate'))).toEqual({
    reencrypted: 0,
    remaining: 0,
    seals: { created: [], renewed: 0, remaining: 0 },
    signingKeys: [],
  });
  expect(await json('mail', 'failed')).toBe('');
  expect(
    JSON.parse(await json('admin', 'create', '--username', 'keeper', '--password-file', passwordFile(goodPassword))),
  ).toEqual({ username: 'keeper', role: 'ROOT' });
  const rejected = await runCommand(
    ['--json', 'admin', 'create', '--username', 'keeper', '--password-file', passwordFile(goodPassword)],
    settings,
  );
  expect({ ...rejected, stderr: JSON.parse(rejected.stderr) }).toEqual({
    code: 1,
    signal: null,
    stdout: '',
    stderr: { error: 'This username is already in use.' },
  });
});

test('prints help, and reports invalid settings and unknown commands', async () => {
  const settings: Environment = { DATA_DIR: temporaryFolder() };
  const help = await runCommand(['--help'], settings);
  expect(help).toMatchObject({ code: 0, stderr: '' });
  expect(help.stdout).toMatch(
    /^Usage: postern .*\n[^]*migrate +migrate the database\n[^]*admin +manage administrators\n/,
  );
  const unknown = await runCommand(['destroy'], settings);
  expect(unknown).toMatchObject({ code: 1, stdout: '' });
  expect(unknown.stderr).toContain("error: unknown command 'destroy'");
  const unset = await runCommand(['migrate'], { ...settings, PORT: 'http' });
  expect(unset).toMatchObject({
    code: 1,
    stdout: '',
    stderr: 'The command failed. Invalid settings:\n  - PORT must be a whole number\n',
  });
});

test('`postern keys rotate` re-encrypts with the newest key, so the older one can be removed (R-92)', async () => {
  const settings = { DATA_DIR: migratedFolder() };
  const [older, newer] = [newMasterKey(new Date()), newMasterKey(new Date())];
  const first = await startServer({ ...settings, ENCRYPTION_KEYS: older });
  const { username, client } = await registerAt(first);
  const { secret } = (await enableTwoFactor(client)).data.enableTwoFactor!.enrolment!;
  // The previous code confirms, so the current one is still valid for the sign-in.
  await confirmTwoFactor(client, await totpCode(secret, new Date(Date.now() - 30_000)));
  await first.process.stop();
  expect(await runCommand(['keys', 'rotate'], { ...settings, ENCRYPTION_KEYS: `${newer},${older}` })).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(
      /^Secrets re-encrypted: 11; remaining: 0\.\nSealed \d+ security events: 1:[\w-]{43}\nSeals re-signed: 0; remaining: 0\.\n$/,
    ),
    stderr: '',
  });
  expect(await runCommand(['events', 'verify'], { ...settings, ENCRYPTION_KEYS: newer })).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^No tampering found\. 1 seal, /),
  });
  const later = await startServer({ ...settings, ENCRYPTION_KEYS: newer });
  const challenge = await openChallenge(later.client(), { username, password: goodPassword });
  expect(
    await verifySecondFactor(later.client(), challenge, { totpCode: await totpCode(secret, new Date()) }),
  ).toSucceed();
});
