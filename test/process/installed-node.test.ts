import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import {
  cleanUp,
  launch,
  launchServer,
  migratedFolder,
  temporaryFolder,
  type Ended,
} from '../support/server-process.js';

afterEach(cleanUp);

const root = join(import.meta.dirname, '../..');

/** Makes Node report another version of itself. */
const pretending = (version: string) => [
  '--import',
  `data:text/javascript,${encodeURIComponent(`Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`)}`,
];

/** A folder that has only some files of an installation. @param linked files that exist there, too */
function partialInstallation(...linked: string[]): string {
  const folder = temporaryFolder();
  cpSync(join(root, 'bin'), join(folder, 'bin'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  for (const file of linked) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    symlinkSync(join(root, file), join(folder, file));
  }
  return folder;
}

const run = (folder: string, program: string, version = process.versions.node, ...argv: string[]): Promise<Ended> =>
  launch(process.execPath, [...pretending(version), join(folder, 'bin', program), ...argv], {}).ended;

const programs = ['start.js', 'postern.js'];

test.each(['18.20.4', '20.20.2', '22.16.9'])('starts the server in the installed Node on Node %s', async (version) => {
  const server = launchServer({ DATA_DIR: migratedFolder() }, pretending(version));
  await server.until(({ lines }) => lines.some(({ msg }) => msg === 'Postern is ready'));
  const { code, stdout, stderr } = await server.stop('SIGTERM');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('SIGTERM received: finishing requests in progress');
});

test('runs a command in the installed Node on Node 20, with its arguments and exit code', async () => {
  const command = (...argv: string[]) =>
    launch(process.execPath, [...pretending('20.20.2'), 'bin/postern.js', ...argv], {}).ended;
  expect(await command('keys', 'generate')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\S+:\S+=\n$/) });
  expect(await command('usage', 'purge', '--before', 'never')).toMatchObject({
    code: 1,
    stderr: 'Invalid month never. Enter a month such as 2026-08.\n',
  });
});

test.each(programs)('%s says to install a newer Node when Node is too old and none is installed', async (program) => {
  const folder = partialInstallation('node_modules/fastify', 'dist');
  expect(await run(folder, program, '20.20.2')).toMatchObject({
    code: 1,
    stdout: '',
    stderr:
      'Postern requires Node 22.17 or newer; this is Node 20.20.2. Install a newer one, or run npm ci without --omit=optional, which installs Node 24 for Postern.\n',
  });
});

test.each(programs)('%s says to run npm ci when the dependencies are missing', async (program) => {
  for (const version of ['20.20.2', process.versions.node])
    expect(await run(partialInstallation(), program, version)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'The dependencies of Postern are not installed. Run npm ci first.\n',
    });
});

const noCompiler =
  'Postern is not built, and the development dependencies that build it are not installed. Run npm ci, then npm prune --omit=dev to remove them again.';

test.each([
  ['start.js', [], noCompiler],
  ['postern.js', [], noCompiler],
  ['postern.js', ['check'], 'Postern is not built. Run npm run build first.'],
] as const)('%s %j says how to build when there is no build and no compiler', async (program, argv, sentence) => {
  const folder = partialInstallation('node_modules/fastify');
  const { code, stderr } = await run(folder, program, process.versions.node, ...argv);
  expect({ code, stderr }).toEqual({ code: 1, stderr: `${sentence}\n` });
});

test('installs without development dependencies, and says how to build when there is no build', async () => {
  const folder = partialInstallation('node_modules/fastify');
  expect(await run(folder, 'prepare.js')).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(/^Postern was not built: npm ci --omit=dev installs no compiler\. /),
  });
  const built = partialInstallation('node_modules/fastify', 'dist');
  expect(existsSync(join(built, 'dist/web/index.html'))).toBe(true);
  expect(await run(built, 'prepare.js')).toMatchObject({ code: 0, stdout: '', stderr: '' });
});

test.each(['22.17.0', '24.0.0'])('runs a command in Node %s', async (version) => {
  const { code, stdout } = await launch(process.execPath, [...pretending(version), 'bin/postern.js', '--help'], {})
    .ended;
  expect(code).toBe(0);
  expect(stdout).toContain('Usage: postern');
});

test('builds after an installation', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  expect(scripts['prepare']).toBe('node bin/prepare.js');
});
