import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { OtlpReceiver } from '../support/otlp-receiver.js';
import { cleanUp, launch, temporaryFolder } from '../support/server-process.js';

/** The packed package, installed in the folder of another project. */
const root = join(import.meta.dirname, '../..');
const npm = (folder: string, ...argv: string[]) => execFileSync('npm', argv, { cwd: folder, encoding: 'utf8' });
let project: string;

beforeAll(() => {
  project = temporaryFolder();
  writeFileSync(join(project, 'package.json'), '{ "private": true }');
  const packed = npm(root, 'pack', '--silent', '--ignore-scripts', '--pack-destination', project).trim();
  const lean = ['--omit=optional', '--ignore-scripts', '--no-audit', '--prefer-offline'];
  npm(project, 'install', '--silent', ...lean, `./${packed}`);
}, 300_000);
afterAll(cleanUp);

/** Runs the installed `postern` in a folder, with settings. */
const posternWith = (settings: Record<string, string>, folder: string, ...argv: string[]) =>
  launch('sh', ['-c', 'cd "$0" && exec "$@"', folder, join(project, 'node_modules/.bin/postern'), ...argv], settings);

/** Runs the installed `postern` in a folder. */
const postern = (folder: string, ...argv: string[]) => posternWith({}, folder, ...argv);

const programs = ['bin/postern.js', 'dist/bundle/main.js', 'dist/web/index.html', 'LICENSE', 'README.md'];

/** What an operator needs besides. */
const operations = ['.env.example', 'docs/operations.md', 'deploy/nginx/postern.conf', 'deploy/prometheus/rules.yml'];

test('packs what runs and what operators need, without sources, source maps and caches', () => {
  const installed = join(project, 'node_modules/postern');
  for (const file of [...programs, ...operations])
    expect([file, existsSync(join(installed, file))]).toEqual([file, true]);
  for (const file of ['src', 'test', 'dist/main.js', 'dist/bundle/main.js.map', 'dist/compile-cache'])
    expect([file, existsSync(join(installed, file))]).toEqual([file, false]);
});

test.each([[[]], [['start']]])('starts the packed server in an empty folder with the arguments %j', async (argv) => {
  const folder = join(temporaryFolder(), 'empty');
  mkdirSync(folder);
  const server = postern(folder, ...argv);
  await server.until(({ lines }) => lines.some(({ msg }) => msg === 'Postern is ready'));
  const url = String(server.lines.find(({ msg }) => msg === 'Postern is ready')!['graphql']).split('/graphql')[0];
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  expect(await (await fetch(`${url}/sign-in`)).text()).toContain('<div id="root">');
  expect(existsSync(join(folder, 'data/postgres/PG_VERSION'))).toBe(true);
  expect(server.lines).toContainEqual(
    expect.objectContaining({ commandLine: 'npx postern admin create --username YOUR-NAME' }),
  );
  expect(await server.stop('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
});

test.each(['http/json', 'http/protobuf'])('sends traces of the packed server as %s', async (protocol) => {
  const receiver = await OtlpReceiver.start();
  const server = posternWith(
    { ...receiver.settings, OTEL_EXPORTER_OTLP_PROTOCOL: protocol },
    temporaryFolder(),
    'start',
  );
  await server.until(({ lines }) => lines.some(({ msg }) => msg === 'Postern is ready'));
  const url = String(server.lines.find(({ msg }) => msg === 'Postern is ready')!['webApp']);
  expect((await fetch(`${url}sign-in`)).status).toBe(200);
  expect(await server.stop('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
  expect(receiver.text).toContain('GET /');
  await receiver.close();
});

test('refuses to import bcrypt hashes without the optional package that verifies them', async () => {
  const folder = temporaryFolder();
  const user = { username: 'mara', passwordHash: `$2b$10$${'.'.repeat(53)}` };
  writeFileSync(join(folder, 'users.jsonl'), JSON.stringify(user));
  const started = postern(folder);
  await started.until(({ lines }) => lines.some(({ msg }) => msg === 'Postern is ready'));
  await started.stop('SIGTERM');
  expect(await postern(folder, 'users', 'import', 'users.jsonl').ended).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/^line 1: passwordHash: Is a bcrypt hash, .* without --omit=optional\.\n$/),
    stderr: expect.stringContaining('Nothing was imported.'),
  });
});

test('runs commands of the packed package, and explains an unknown one', async () => {
  expect(await postern(project, '--version').ended).toMatchObject({ code: 0, stdout: '0.1.0\n', stderr: '' });
  expect(await postern(project, 'usres').ended).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("error: unknown command 'usres'"),
  });
  expect(await postern(project, 'start', 'now').ended).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('too many arguments'),
  });
});
