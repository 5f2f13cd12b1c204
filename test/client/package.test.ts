import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const repository = resolve(import.meta.dirname, '../..');
const project = mkdtempSync(join(tmpdir(), 'postern-client-'));
const installed = join(project, 'node_modules/@postern/client');

/** The examples of the README. */
const examples = [...readFileSync(join(repository, 'packages/client/README.md'), 'utf8').matchAll(/```ts\n([^]*?)```/g)]
  .map(([, code]) => code)
  .join('\n');

/** What the examples leave to the reader. */
const surroundings = `
import type { Failure, SecondFactor } from '@postern/client';
type Code = Exclude<SecondFactor, { passkey: object }>;
declare function showPasswordDialog(error?: string): Promise<string | null>;
declare function showCodeDialog(error: string | undefined, factors: readonly string[] | null): Promise<Code | null>;
declare function showSignIn(): void;
declare function greet(name: string): void;
declare function showOnce(token: string | null | undefined): void;
declare function showError(field: unknown, message?: string): void;
declare function retryIn(seconds: number): void;
declare function showFailure(failure: Failure): void;
`;

const compilerOptions = {
  target: 'es2022',
  module: 'nodenext',
  lib: ['es2022', 'dom'],
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
};

const compile = (name: string, code: string) => {
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [name] }));
  writeFileSync(join(project, name), code);
  const tsc = join(repository, 'node_modules/typescript/bin/tsc');
  return spawnSync(process.execPath, [tsc, '-p', project], { cwd: project, encoding: 'utf8' }).stdout;
};

beforeAll(() => {
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
  mkdirSync(installed, { recursive: true });
  const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', project, '-w', 'packages/client'];
  const archive = execFileSync('npm', pack, { cwd: repository, encoding: 'utf8' }).trim();
  execFileSync('tar', ['-xzf', join(project, archive), '-C', installed, '--strip-components=1']);
});
afterAll(() => rmSync(project, { recursive: true }));

test('packs the build and the README, and no sources', () => {
  expect(readdirSync(installed).sort()).toEqual(['README.md', 'dist', 'package.json']);
  const files = readdirSync(join(installed, 'dist'), { recursive: true, encoding: 'utf8' });
  expect(files.filter((file) => !/\.js$|\.d\.ts$|^generated$/.test(file))).toEqual([]);
  expect(files).toEqual(expect.arrayContaining(['postern.js', 'postern.d.ts']));
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  expect([dependencies, peerDependencies]).toEqual([undefined, undefined]);
});

test('compiles the examples of the README in an empty project', () => {
  expect(examples).toContain('createPostern');
  expect(compile('examples.ts', `${surroundings}\n${examples}`)).toBe('');
});

test('finds wrong variables, wrong fields and unknown failures', () => {
  const wrong = `${surroundings}
import { createPostern, operation } from '@postern/client';
const CreateToken = operation<
  { createAccessToken: { token: string | null } | null },
  { input: { name: string; scopes: string[] } }
>('mutation …');
const postern = createPostern({ url: '/graphql' });
await postern.request(CreateToken);
await postern.request(CreateToken, { input: { name: 7, scopes: [] } });
const result = await postern.request(CreateToken, { input: { name: 'x', scopes: [] } });
result.data.createAccessToken;
if (result.ok) result.data.nothing;
else if (result.failure.kind === 'SOMETHING') greet('');
`;
  expect(compile('wrong.ts', wrong).match(/error TS\d+/g)).toHaveLength(5);
});

test('runs in an empty project', () => {
  const code = "import * as client from '@postern/client'; console.log(typeof client.createPostern)";
  expect(
    execFileSync(process.execPath, ['--input-type=module', '-e', code], { cwd: project, encoding: 'utf8' }).trim(),
  ).toBe('function');
});
