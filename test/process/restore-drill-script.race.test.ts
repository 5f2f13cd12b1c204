import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findFreePort } from '../support/free-port.js';
import { openRaceDatabase, type RaceDatabase } from '../support/race-database.js';
import { registerAt, type Registered } from '../support/registrations.js';
import {
  cleanUp,
  launch,
  runCommand,
  startServer,
  temporaryFolder,
  type Environment,
  type ServerProcess,
} from '../support/server-process.js';
import { goodPassword } from '../support/users.js';

let database: RaceDatabase;
let copy: RaceDatabase;
let settings: Environment;
let server: ServerProcess;
let user: Registered;
const folder = temporaryFolder();
const passwordFile = join(folder, 'password');

beforeAll(async () => {
  [database, copy] = [await openRaceDatabase(), await openRaceDatabase({ empty: true })];
  settings = { DATABASE_URL: database.url };
  server = await startServer(settings);
  user = await registerAt(server);
  await database.query("update accounts set role = 'ROOT' where username = $1", [user.username]);
  await database.query(
    `insert into webhooks values (gen_random_uuid(), 'https://hooks.example.org/', '', '{}', 'ACTIVE', now(), null)`,
  );
  writeFileSync(passwordFile, `${goodPassword}\n`);
});
afterAll(async () => {
  await cleanUp();
  await database.drop();
  await copy.drop();
});

/** Runs the script while the server runs. */
const drill = async (variables: Environment = {}, ...argv: string[]) =>
  launch('bash', ['deploy/restore-drill.sh', ...argv], settings, {
    DRILL_DATABASE_URL: copy.url,
    DRILL_USERNAME: user.username,
    DRILL_PASSWORD_FILE: passwordFile,
    DRILL_PORT: String(await findFreePort()),
    NODE: process.execPath,
    ...variables,
  }).ended;

test('restores the backup of a running server, verifies it and signs in at the copy', async () => {
  const { code, stdout, stderr } = await drill();
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^Restored .*: \d+ rows\./m);
  expect(stdout).toMatch(/^OK {3}events: /m);
  expect(stdout).toContain(`OK   sign-in: ${user.username} signed in at the copy`);
  expect(stdout).toMatch(/The backup was restored and is well\. It took \d+ seconds\.\n$/);
  expect(await copy.query('select distinct status from webhooks')).toEqual([{ status: 'DISABLED' }]);
  expect(await database.query('select distinct status from webhooks')).toEqual([{ status: 'ACTIVE' }]);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
});

test('works with the settings of a server behind a proxy and a pooler, and with files of secrets', async () => {
  const [databaseFile, mailFile] = [join(folder, 'database-url'), join(folder, 'smtp-url')];
  writeFileSync(databaseFile, database.url);
  writeFileSync(mailFile, 'smtp://127.0.0.1:1');
  const { code, stdout, stderr } = await drill({
    DATABASE_URL: '',
    DATABASE_URL_FILE: databaseFile,
    POSTERN_SMTP_URL_FILE: mailFile,
    POSTERN_DATABASE_POOLER: 'transaction',
    POSTERN_DATABASE_SESSION_URL: database.url,
    POSTERN_PUBLIC_URL: 'https://account.example.org',
    POSTERN_TRUSTED_PROXIES: '127.0.0.1',
    POSTERN_PASSKEY_RP_ID: 'example.org',
    POSTERN_COOKIE_DOMAIN: 'example.org',
  });
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain(`OK   sign-in: ${user.username} signed in at the copy`);
});

test('fails when the copy refuses the password', async () => {
  const wrong = join(folder, 'wrong');
  writeFileSync(wrong, 'not the password');
  const { code, stderr } = await drill({ DRILL_PASSWORD_FILE: wrong });
  expect([code, stderr]).toEqual([1, expect.stringContaining(`FAIL sign-in: the copy refused ${user.username}`)]);
  expect(stderr).not.toContain('not the password');
});

test('fails when a sealed event of the backup was changed', async () => {
  await runCommand(['events', 'seal'], settings);
  const backup = join(folder, 'changed.backup');
  await database.query('set session_replication_role = replica');
  await database.query("update security_events set type = 'LOGGED_OUT' where type = 'REGISTERED'");
  expect(await runCommand(['backup', backup], settings)).toMatchObject({ code: 0 });
  const { code, stdout } = await drill({}, backup);
  expect([code, stdout]).toEqual([2, expect.stringMatching(/^FAIL events: /m)]);
});

test('changes nothing when both databases are the same', async () => {
  const { code, stdout, stderr } = await drill({ DRILL_DATABASE_URL: database.url });
  expect([code, stdout, stderr]).toEqual([
    1,
    '',
    'DRILL_DATABASE_URL is the database of the server. Nothing was changed.\n',
  ]);
});
