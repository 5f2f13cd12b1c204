import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import {
  cleanUp,
  launch,
  launchServer,
  migratedFolder,
  runCommand,
  temporaryFolder,
  type Ended,
  type Environment,
} from '../support/server-process.js';

afterEach(cleanUp);

/** The keys come from the data folder, as in development. */
const ownKeys = { ENCRYPTION_KEYS: '' };

const production = { NODE_ENV: 'production', PUBLIC_URL: 'https://account.example.org' };

/** Starts the built server as a user without rights, even if the tests run as root. */
const launchUnprivileged = (settings: Environment) =>
  process.getuid?.() === 0
    ? launch('setpriv', ['--reuid=65534', '--clear-groups', process.execPath, 'dist/bundle/main.js'], settings)
    : launch(process.execPath, ['dist/bundle/main.js'], settings);

/** Starts the built server with a new file system in a folder, which no other process sees. */
const launchOnDisk = (folder: string, mount: string, settings: Environment) =>
  launch(
    'unshare',
    ['--mount', '--map-root-user', 'sh', '-c', `${mount} && exec "$0" dist/bundle/main.js`, process.execPath],
    { DATA_DIR: folder, ...settings },
  );

/** What a start says that fails, in one sentence or two, and without a stack. */
function reasonOf({ code, stderr }: Ended): string {
  expect({ code, lines: stderr.trim().split('\n').length }).toEqual({ code: 1, lines: 1 });
  expect(stderr).toMatch(/^Postern can't start\. /);
  return stderr.trim().replace("Postern can't start. ", '');
}

test('reports at startup that POSTERN_DATA_DIR is a file', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, 'something else');
  expect(reasonOf(await launchServer({ DATA_DIR: file }).ended)).toBe(
    `Can't use the folder ${file} (POSTERN_DATA_DIR): it is not a folder. Move the file that is in its place, or set POSTERN_DATA_DIR to another folder.`,
  );
});

test('reports at startup that POSTERN_DATA_DIR may not be written', async () => {
  const folder = temporaryFolder();
  chmodSync(folder, 0o500);
  expect(reasonOf(await launchUnprivileged({ DATA_DIR: folder }).ended)).toBe(
    `Can't use the folder ${folder} (POSTERN_DATA_DIR): permission denied. Give the user that runs Postern access to it, or set POSTERN_DATA_DIR to another folder.`,
  );
});

test('reports at startup that the disk of POSTERN_DATA_DIR is full', async () => {
  const folder = temporaryFolder();
  const disk = launchOnDisk(folder, `mount -t tmpfs -o size=2m tmpfs ${folder}`, {});
  expect(reasonOf(await disk.ended)).toBe(
    `Can't use the folder ${folder} (POSTERN_DATA_DIR): no space left on the disk. Free some space, or set POSTERN_DATA_DIR to another folder.`,
  );
});

test.each(['.', 'new', 'new/nested'])(
  'reports at startup that the disk of POSTERN_DATA_DIR/%s is read-only',
  async (path) => {
    const folder = temporaryFolder();
    const disk = launchOnDisk(folder, `mount -t tmpfs -o ro tmpfs ${folder}`, { DATA_DIR: join(folder, path) });
    expect(reasonOf(await disk.ended)).toBe(
      `Can't use the folder ${join(folder, path)} (POSTERN_DATA_DIR): the file system is read-only. Mount it for writing, or set POSTERN_DATA_DIR to another folder.`,
    );
  },
);

test('reports at startup that the file of the keys is a folder', async () => {
  const folder = migratedFolder();
  mkdirSync(join(folder, 'encryption-keys'));
  expect(reasonOf(await launchServer({ DATA_DIR: folder, ...ownKeys }).ended)).toBe(
    `Can't use ${join(folder, 'encryption-keys')}: it is a folder, not a file. Move the folder that is in its place.`,
  );
});

test('reports at startup that the port is in use, before it opens the database', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => {
    other.listen(0, '127.0.0.1', resolve);
  });
  const { port } = other.address() as { port: number };
  const folder = join(temporaryFolder(), 'new');
  const api = await launchServer({ DATA_DIR: folder, PORT: String(port) }).ended;
  const metrics = await launchServer({ DATA_DIR: folder, METRICS_PORT: String(port) }).ended;
  other.close();
  const reason = (name: string) =>
    `Port ${port} on 127.0.0.1 is already in use. Stop the program that uses it, or set ${name} to another port.`;
  expect([reasonOf(api), reasonOf(metrics)]).toEqual([reason('PORT'), reason('POSTERN_METRICS_PORT')]);
  expect(existsSync(folder)).toBe(false);
});

test('reports at startup that the port needs a permission', async () => {
  expect(reasonOf(await launchUnprivileged({ DATA_DIR: temporaryFolder(), PORT: '80' }).ended)).toBe(
    "Port 80 on 127.0.0.1 needs a permission that this user doesn't have. Set PORT to a port above 1023, and let a reverse proxy forward to it.",
  );
});

test.each([
  ['192.0.2.1', '192.0.2.1 (POSTERN_HOST) is not an address of this machine. Set POSTERN_HOST to one of its addresses'],
  ['nowhere.invalid', "The host nowhere.invalid (POSTERN_HOST) can't be found. Set POSTERN_HOST to an IP address"],
])('reports at startup that it can’t listen on %s', async (host, reason) => {
  const ended = await launchServer({ ...production, DATA_DIR: temporaryFolder(), HOST: host }).ended;
  expect(reasonOf(ended)).toContain(reason);
});

test('reports at startup that the file of the certificate authority is missing', async () => {
  const url = 'postgres://postern@127.0.0.1:5432/postern?sslmode=verify-full&sslrootcert=/nowhere/ca.pem';
  expect(reasonOf(await launchServer({ DATABASE_URL: url }).ended)).toBe(
    "Can't use /nowhere/ca.pem: it doesn't exist. Create it, or correct the path.",
  );
});

test('reports a fault of a file on the command line as the server does', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, 'something else');
  const { code, stderr } = await runCommand(['users', 'list'], { DATA_DIR: file });
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: `The command failed. Can't use the folder ${file} (POSTERN_DATA_DIR): it is not a folder. Move the file that is in its place, or set POSTERN_DATA_DIR to another folder.\n`,
  });
});

/** Runs `postern keys generate` in a shell that sends its output somewhere. */
const generateInto = (redirection: string) =>
  launch(
    'bash',
    ['--norc', '-o', 'pipefail', '-c', `"$0" bin/postern.js keys generate ${redirection}`, process.execPath],
    {},
  ).ended;

test('reports a full disk on the command line when it can’t write its output', async () => {
  expect(await generateInto('>/dev/full')).toMatchObject({
    code: 1,
    stderr: "The command failed. Can't write the output: no space left on the disk. Free some space.\n",
  });
});

test('ends a command in silence when the reader of its output closes early', async () => {
  expect(await generateInto('| true')).toMatchObject({ code: 0, stderr: '' });
});
