import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { settings, secretSettings } from '../../src/config/settings.js';
import { sources } from './source-files.js';

const all = sources();
const where = (pattern: RegExp) => all.filter(({ code }) => pattern.test(code)).map(({ path }) => path);

interface Lock {
  readonly packages: Readonly<
    Record<
      string,
      {
        readonly version?: string;
        readonly integrity?: string;
        readonly resolved?: string;
        readonly link?: boolean;
        readonly inBundle?: boolean;
      }
    >
  >;
}
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock;
interface Package {
  readonly dependencies?: Record<string, string>;
  readonly devDependencies: Record<string, string>;
}
/** The server and the page. */
const packages = ['package.json', 'web/package.json'].map((file) => JSON.parse(readFileSync(file, 'utf8')) as Package);

test('the scans below read the whole source', () => {
  expect(all.length).toBeGreaterThan(70);
  expect(where(/randomBytes/)).toContain('src/crypto/token.ts');
});

test('no randomness comes from Math.random, and no token or key from a UUID (R-93)', () => {
  expect(where(/Math\s*\.\s*random|Math\[/)).toEqual([]);
  // A UUID names rows and requests, and is no secret.
  expect(where(/from 'uuid'|randomUUID/)).toEqual([
    'src/cli/find-account.ts',
    'src/database/connection/id.ts',
    'src/http/server.ts',
  ]);
});

test('node:crypto is imported in src/crypto alone, and so are the libraries that hash (R-93)', () => {
  expect(where(/['"](?:node:)?crypto['"]/).filter((path) => !path.startsWith('src/crypto/'))).toEqual([]);
  expect(where(/['"]argon2['"]/)).toEqual(['src/crypto/password-hash.ts']);
  expect(where(/\bglobalThis\.crypto\b|\bcrypto\.subtle\b|\bwebcrypto\b/)).toEqual([]);
});

test('secrets are looked up by their hash: no rule compares a token or a hash with === (R-93)', () => {
  expect(where(/(?:tokenHash|token_hash|passwordHash|\.token|secret)\s*[!=]==?(?![=\s]*(?:null|undefined)\b)/)).toEqual(
    [],
  );
});

test('SQL is built by the query builder or has parameters: nothing puts text together into it (R-78)', () => {
  const outsideOfMigrations = all.filter(({ path }) => !path.startsWith('src/migrations/'));
  const found = (pattern: RegExp) =>
    outsideOfMigrations.filter(({ code }) => pattern.test(code)).map(({ path }) => path);
  // What MikroORM made is translated in one place, which binds its values; no text comes from anywhere else.
  expect(found(/\braw\s*\(|sql\.(?:raw|lit|id|ref|table)\b|\.literal\(|\bCompiledQuery\.raw/)).toEqual([
    'src/database/connection/bound-connection.ts',
  ]);
  // .execute('…') and .query('…') take a text that has no ${…} in it. A copy of the whole database names tables and
  // columns, which no parameter can: both take them from pg_catalog, never from a file.
  expect(found(/\.(?:execute|query|unsafe)(?:<[^>]*>)?\(\s*`[^`]*\$\{/)).toEqual([
    'src/database/backup/back-up.ts',
    'src/database/backup/restore.ts',
  ]);
  expect(found(/(['"`])\s*(?:select|insert into|update|delete from)\b[^'"`]*\1\s*\+/i)).toEqual([]);
});

test('opens transactions in one place, which compares the authority of the request (D-1)', () => {
  // The others change nothing that belongs to a credential: partitions, copies of the database, seals, erased accounts.
  expect(where(/\.transactional\(/)).toEqual([
    'src/database/connection/long-transaction.ts',
    'src/database/partition/monthly-partitions.ts',
    'src/features/administration/erase-deleted-users.ts',
    'src/features/security-event/seal-events.ts',
    'src/rules/transaction.ts',
  ]);
});

test('verifies passwords and counts attempts in one place each (R-18)', () => {
  expect(where(/passwords\.verify\(/)).toEqual([
    'src/features/password/verify-password.ts',
    // A hash that hides a lock, and backup codes, which are hashed as passwords are.
    'src/features/sign-in/verify-sign-in-password.ts',
    'src/features/two-factor/backup-codes.ts',
  ]);
  expect(where(/attempts \+ 1|failures \+ 1/)).toEqual([
    'src/features/attempt/bucket-limit.ts',
    'src/features/email-address/email-verification.ts',
    'src/features/recovery/verify-reset-factor.ts',
    'src/features/sign-in/challenge-limit.ts',
    'src/features/two-factor/enrolment.ts',
  ]);
  for (const path of where(/attempts \+ 1|failures \+ 1/)) expect(where(/AttemptLimit</)).toContain(path);
});

test('no filter is made of what a client sent: nothing merges or assigns an object of it (R-78)', () => {
  expect(
    where(/Object\.assign\(\s*(?:account|session|em)\b|em\.assign\(|wrap\([^)]*\)\.assign|\bem\.create\([^)]*\.\.\./),
  ).toEqual([]);
  expect(where(/GraphQLJSON|\beval\(|new Function\(/)).toEqual([]);
});

/** Whether a version is at least another one; both as `1.2.3`. */
const isAtLeast = (version: string, floor: string) => {
  const [own, least] = [version, floor].map((text) => text.split('-')[0]!.split('.').map(Number));
  const place = own!.findIndex((part, index) => part !== least![index]);
  return place < 0 || own![place]! > least![place]!;
};

test.each([
  ['10.0.0', '9.9.9', true],
  ['7.0.6', '7.0.6', true],
  ['7.0.5', '7.0.6', false],
  ['6.9.9', '7.0.6', false],
])('%s against a floor of %s', (version, floor, expected) => {
  expect(isAtLeast(version, floor)).toBe(expected);
});

test('what is built upon is not below its floor, in any place of the lock file (R-94)', () => {
  const floors: [RegExp, string][] = [
    [/^@apollo\/server$/, '5.5.0'],
    [/^@mikro-orm\//, '7.0.6'],
    [/^graphql$/, '16.8.1'],
    [/^otplib$/, '13.0.0'],
  ];
  const installed = Object.entries(lock.packages).map(([path, { version = '' }]) => ({
    name: path.replace(/^.*node_modules\//, ''),
    version,
  }));
  for (const [name, floor] of floors) {
    const found = installed.filter((item) => name.test(item.name));
    expect(found).not.toEqual([]);
    expect(found.filter(({ version }) => !isAtLeast(version, floor))).toEqual([]);
  }
});

test('the lock file names the contents of every package by a hash, and its source over https (R-94)', () => {
  const locked = Object.entries(lock.packages).filter(
    ([path, { link, inBundle }]) => !['', 'web'].includes(path) && !link && !inBundle,
  );
  expect(locked.length).toBeGreaterThan(100);
  expect(
    locked.filter(([, { integrity }]) => !/^sha512-[\w+/]{86}==/.test(integrity ?? '')).map(([path]) => path),
  ).toEqual([]);
  expect(
    locked
      .filter(([, { resolved }]) => resolved !== undefined && !resolved.startsWith('https://'))
      .map(([path]) => path),
  ).toEqual([]);
});

test('every dependency is pinned to one version, and the lock file holds that one (R-94)', () => {
  for (const [name, version] of packages.flatMap(({ dependencies, devDependencies }) =>
    Object.entries({ ...dependencies, ...devDependencies }),
  )) {
    expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+(-[\w.]+)?$/)]);
    expect([name, lock.packages[`node_modules/${name}`]?.version]).toEqual([name, version]);
  }
});

test('the environment is read in one place, and by the names of the settings alone: none is a hook of tests (R-95)', () => {
  expect(where(/process\s*\.\s*env|process\[/)).toEqual(['src/config/config.ts']);
  expect(where(/\bTEST_|JEST|VITEST|__test|fakeClock|testOnly/)).toEqual([]);
  expect(
    [...Object.keys(settings), ...secretSettings].filter((name) => /TEST|CLOCK|MOCK|FAKE|SINK|HOOK/.test(name)),
  ).toEqual([]);
});

test('nothing in the source asks whether it runs under a test, but the settings that name the environment (R-95)', () => {
  expect(where(/['"]test['"]/)).toEqual(['src/config/settings.ts', 'src/features/username/reserved-usernames.ts']);
});
