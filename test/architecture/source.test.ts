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
/** The server and the web app. */
const packages = ['package.json', 'web/package.json'].map((file) => JSON.parse(readFileSync(file, 'utf8')) as Package);

test('finds the source files to check', () => {
  expect(all.length).toBeGreaterThan(70);
  expect(where(/randomBytes/)).toContain('src/crypto/token.ts');
});

test('never calls Math.random, and uses UUIDs only as IDs (R-93)', () => {
  expect(where(/Math\s*\.\s*random|Math\[/)).toEqual([]);
  // A UUID identifies rows and requests. It is not a secret.
  expect(where(/from 'uuid'|randomUUID/)).toEqual([
    'src/cli/find-account.ts',
    'src/database/connection/id.ts',
    'src/http/server.ts',
  ]);
});

test('imports node:crypto only in src/crypto, and argon2 only to hash passwords (R-93)', () => {
  expect(where(/['"](?:node:)?crypto['"]/).filter((path) => !path.startsWith('src/crypto/'))).toEqual([]);
  expect(where(/['"]argon2['"]/)).toEqual(['src/crypto/argon2-hash.ts']);
  expect(where(/\bglobalThis\.crypto\b|\bcrypto\.subtle\b|\bwebcrypto\b/)).toEqual([]);
});

test('never compares a token, hash or secret with === (R-93)', () => {
  expect(where(/(?:tokenHash|token_hash|passwordHash|\.token|secret)\s*[!=]==?(?![=\s]*(?:null|undefined)\b)/)).toEqual(
    [],
  );
});

test('never concatenates values into SQL (R-78)', () => {
  const outsideOfMigrations = all.filter(({ path }) => !path.startsWith('src/migrations/'));
  const found = (pattern: RegExp) =>
    outsideOfMigrations.filter(({ code }) => pattern.test(code)).map(({ path }) => path);
  // One file translates MikroORM's SQL and binds its values. No other raw SQL exists.
  expect(found(/\braw\s*\(|sql\.(?:raw|lit|id|ref|table)\b|\.literal\(|\bCompiledQuery\.raw/)).toEqual([
    'src/database/connection/bound-connection.ts',
  ]);
  // .execute('…') and .query('…') get literal text without ${…}. Only backup and restore name tables and columns, which
  // cannot be parameters; both read the names from pg_catalog, never from a file.
  expect(found(/\.(?:execute|query|unsafe)(?:<[^>]*>)?\(\s*`[^`]*\$\{/)).toEqual([
    'src/database/backup/back-up.ts',
    'src/database/backup/restore.ts',
  ]);
  expect(found(/(['"`])\s*(?:select|insert into|update|delete from)\b[^'"`]*\1\s*\+/i)).toEqual([]);
});

test('opens request transactions only in rules/transaction.ts (D-1)', () => {
  // The others change nothing that a credential controls: partitions, backups, seals, retention, erased accounts.
  expect(where(/\.transactional\(/)).toEqual([
    'src/database/connection/long-transaction.ts',
    'src/database/partition/monthly-partitions.ts',
    'src/features/administration/erase-deleted-users.ts',
    'src/features/security-event/retention/delete-old-events.ts',
    'src/features/security-event/seal-events.ts',
    'src/rules/transaction.ts',
  ]);
});

test('verifies passwords and counts attempts only in the listed files (R-18)', () => {
  expect(where(/passwords\.verify\(/)).toEqual([
    'src/features/password/verify-password.ts',
    // Backup codes from before version 0.2 were hashed like passwords.
    'src/features/two-factor/backup-codes.ts',
    // Passes the call on, as a span.
    'src/server/tracing.ts',
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

test('never copies a whole object from a client into an entity (R-78)', () => {
  expect(
    where(/Object\.assign\(\s*(?:account|session|em)\b|em\.assign\(|wrap\([^)]*\)\.assign|\bem\.create\([^)]*\.\.\./),
  ).toEqual([]);
  expect(where(/GraphQLJSON|\beval\(|new Function\(/)).toEqual([]);
});

/** Whether one version (`1.2.3`) is at least another. */
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
])('compares package version %s with the minimum %s', (version, floor, expected) => {
  expect(isAtLeast(version, floor)).toBe(expected);
});

test('keeps every core library at or above its minimum version (R-94)', () => {
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

test('locks every package to a hash and an HTTPS source (R-94)', () => {
  const locked = Object.entries(lock.packages).filter(
    ([path, { link, inBundle }]) => !['', 'web', 'packages/client'].includes(path) && !link && !inBundle,
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

test('pins every dependency to the exact version in the lock file (R-94)', () => {
  for (const [name, version] of packages.flatMap(({ dependencies, devDependencies }) =>
    Object.entries({ ...dependencies, ...devDependencies }),
  )) {
    expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+(-[\w.]+)?$/)]);
    const locked = lock.packages[`node_modules/${name}`];
    const { version: lockedVersion } = (locked?.link ? lock.packages[locked.resolved!] : locked) ?? {};
    expect([name, lockedVersion]).toEqual([name, version]);
  }
});

test('reads environment variables only in config.ts, and has no settings for tests (R-95)', () => {
  expect(where(/process\s*\.\s*env|process\[/)).toEqual(['src/config/config.ts']);
  expect(where(/\bTEST_|JEST|VITEST|__test|fakeClock|testOnly/)).toEqual([]);
  expect(
    [...Object.keys(settings), ...secretSettings].filter((name) => /TEST|CLOCK|MOCK|FAKE|SINK|(?<!WEB)HOOK/.test(name)),
  ).toEqual([]);
});

test('never checks whether it is running in a test (R-95)', () => {
  expect(where(/['"]test['"]/)).toEqual([
    'src/cli/webhooks.command.ts',
    'src/config/settings.ts',
    'src/features/username/reserved-usernames.ts',
  ]);
});
