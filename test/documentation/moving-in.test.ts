import { execFileSync } from 'node:child_process';
import { randomBytes, scryptSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { argon2id, hash } from 'argon2';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { importLines, outcomes } from '../features/user-import/import-lines.js';
import { loginAs } from '../features/sign-in/login-as.js';
import { query } from '../support/database.js';
import { bcryptHash, pbkdf2Hash } from '../support/foreign-hashes.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { goodPassword } from '../support/users.js';

const folder = mkdtempSync(join(tmpdir(), 'postern-moving-in-'));
let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(async () => {
  await postern.close();
  rmSync(folder, { recursive: true });
});

const guide = readFileSync('docs/moving-in.md', 'utf8');

/** The program of the guide that is named before it. */
function programOf(name: string): string {
  const [, program = ''] = new RegExp(`<!-- ${name} -->\n\`\`\`\\w+\n([^]*?)\n\`\`\``).exec(guide) ?? [];
  expect(program).not.toBe('');
  return program;
}

/** Imports what a program printed. Each user then signs in with the password and, with an address, by it. */
async function importAndSignIn(lines: readonly string[], logins: readonly string[]): Promise<void> {
  expect(outcomes(await importLines(postern, lines))).toEqual(lines.map(() => 'IMPORTED'));
  for (const login of logins) expect(await loginAs(postern.client(), { login, password: goodPassword })).toSucceed();
}

const usersOfNewApi = (prefix: string, firstId: number) =>
  [
    [firstId, `${prefix}-root`, 100, 1, '', 0],
    [firstId + 1, `${prefix}-admin`, 10, 1, '', 1_700_000_000],
    [firstId + 2, `${prefix}-mara`, 1, 1, `${prefix}@example.org`, 1_700_000_000],
    [firstId + 3, `${prefix}-off`, 1, 2, '', 0],
  ] as const;
const newApiTable =
  'create table users (id integer, username text, password text, role integer, status integer, email text, created_at integer, deleted_at text)';
const newApiInsert =
  'insert into users (id, username, role, status, email, created_at, password) values (?, ?, ?, ?, ?, ?, ?)';

test('moves users from new-api on PostgreSQL, with the statement of the guide', async () => {
  await query(postern.database, newApiTable);
  for (const user of usersOfNewApi('np', 1))
    await query(postern.database, newApiInsert, [...user, bcryptHash(goodPassword)]);
  const rows = await query<{ json_build_object: object }>(postern.database, programOf('new-api.sql'));
  await importAndSignIn(
    rows.map((row) => JSON.stringify(row.json_build_object)),
    ['np-admin', 'NP@example.org'],
  );
  expect(
    await query(postern.database, "select username, role, status from accounts where username like 'np%' order by 1"),
  ).toEqual([
    { username: 'np-admin', role: 'ADMIN', status: 'ACTIVE' },
    { username: 'np-mara', role: 'USER', status: 'ACTIVE' },
    { username: 'np-off', role: 'USER', status: 'DISABLED' },
  ]);
});

test('moves users from new-api on SQLite, with the statement of the guide', async () => {
  const sqlite = new DatabaseSync(':memory:');
  sqlite.exec(newApiTable);
  for (const user of usersOfNewApi('ns', 11)) sqlite.prepare(newApiInsert).run(...user, bcryptHash(goodPassword));
  const rows = sqlite.prepare(programOf('new-api-sqlite.sql')).all();
  await importAndSignIn(
    rows.map((row) => String(Object.values(row)[0])),
    ['ns-admin', 'ns@example.org'],
  );
});

/** A credential as Keycloak exports it, from a PHC string. */
function keycloakCredential(phc: string) {
  const [, algorithm = '', ...parts] = phc.split('$');
  const [salt, value] = parts.slice(-2);
  const parameters = Object.fromEntries(
    parts
      .at(-3)!
      .split(',')
      .map((parameter) => parameter.split('=') as [string, string]),
  );
  const credentialData = algorithm.startsWith('argon2')
    ? {
        hashIterations: Number(parameters['t']),
        algorithm: 'argon2',
        additionalParameters: {
          hashLength: ['32'],
          memory: [parameters['m']],
          type: [algorithm.slice('argon2'.length)],
          version: ['1.3'],
          parallelism: [parameters['p']],
        },
      }
    : { hashIterations: Number(parameters['i']), algorithm, additionalParameters: {} };
  return {
    type: 'password',
    secretData: JSON.stringify({ value: `${value}==`, salt: `${salt}==`, additionalParameters: {} }),
    credentialData: JSON.stringify(credentialData),
  };
}

test('moves users from Keycloak, with the program of the guide', async () => {
  const hashes = {
    'kc-argon2': await hash(goodPassword, { type: argon2id, memoryCost: 7_168, timeCost: 5, parallelism: 1 }),
    'kc-sha512': pbkdf2Hash(goodPassword, 'sha512', 2_100),
    'kc-sha256': pbkdf2Hash(goodPassword, 'sha256', 2_750),
    'kc-sha1': pbkdf2Hash(goodPassword, 'sha1', 200),
  };
  const users = Object.entries(hashes).map(([username, phc]) => ({
    id: `id of ${username}`,
    username,
    email: `${username}@example.org`,
    emailVerified: true,
    enabled: true,
    createdTimestamp: 1_700_000_000_123,
    totp: false,
    credentials: [{ type: 'otp', secretData: '{}', credentialData: '{}' }, keycloakCredential(phc)],
  }));
  const service = { username: 'service-account-app', serviceAccountClientId: 'app', enabled: true };
  const without = { ...users[0], id: 'none', username: 'kc-none', email: undefined, enabled: false, credentials: [] };
  const [program, input] = [join(folder, 'keycloak.mjs'), join(folder, 'realm-users-0.json')];
  writeFileSync(program, programOf('keycloak.mjs'));
  writeFileSync(input, JSON.stringify({ realm: 'realm', users: [...users, service, without] }));
  const lines = execFileSync(process.execPath, [program, input], { encoding: 'utf8' }).trimEnd().split('\n');
  expect(lines).toHaveLength(5);
  await importAndSignIn(lines, [...Object.keys(hashes), 'kc-sha512@example.org']);
});

test('moves users from Better Auth, with the statement of the guide', async () => {
  const salt = randomBytes(16).toString('hex');
  const key = scryptSync(goodPassword.normalize('NFKC'), salt, 64, { N: 16_384, r: 16, p: 1, maxmem: 2 ** 26 });
  await query(
    postern.database,
    'create table "user" (id text, email text, "emailVerified" boolean, "createdAt" timestamptz)',
  );
  await query(postern.database, 'create table account ("userId" text, "providerId" text, password text)');
  for (const id of ['ba1', 'ba2'])
    await query(postern.database, 'insert into "user" values (?, ?, true, now() - interval \'1 year\')', [
      id,
      `${id}@example.org`,
    ]);
  await query(postern.database, "insert into account values ('ba1', 'credential', ?), ('ba2', 'github', null)", [
    `${salt}:${key.toString('hex')}`,
  ]);
  const rows = await query<{ json_build_object: object }>(postern.database, programOf('better-auth.sql'));
  await importAndSignIn(
    rows.map((row) => JSON.stringify(row.json_build_object)),
    ['ba1@example.org'],
  );
});
