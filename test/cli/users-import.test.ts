import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Login, goodPassword } from '../support/users.js';
import { query } from '../support/database.js';
import { runCommand, startServer } from '../support/server-process.js';
import { bcryptHash, fileOf, launchImport, userLine, userLines } from './import-file.js';
import { everythingIn, objectsIn, openEmbeddedInstallation, userErrorsOf, type Installation } from './installation.js';

let postern: Installation;
beforeEach(async () => {
  postern = await openEmbeddedInstallation();
});
afterEach(() => postern.end());

const usernames = () =>
  postern.inDatabase(async (database) =>
    (await query<{ username: string }>(database, 'select username from accounts order by username')).map(
      ({ username }) => username,
    ),
  );

const invalid = JSON.stringify({ username: 'x', passwordHash: bcryptHash, passwort: 'a secret' });

test('`postern users import` imports users once, who then sign in', async () => {
  const file = fileOf(userLines(2), '', JSON.stringify({ username: 'guest-1', email: 'g@example.org' }));
  expect(await postern.run('users', 'import', file)).toEqual({
    code: 0,
    signal: null,
    stderr: '',
    stdout:
      "Imported 3 users.\nLeft out, because they aren't verified: 1 email address.\nWithout a password until they set one with a link: 1 user.\n",
  });
  const before = await postern.inDatabase(everythingIn);
  expect(await postern.run('users', 'import', file)).toMatchObject({
    code: 0,
    stdout: 'Imported 0 users.\nAlready there: 3 users.\n',
  });
  expect(objectsIn(await postern.run('users', 'import', file, '--json'))).toEqual([
    ...[1, 2, 4].map((line) => ({ line, result: 'ALREADY_THERE', faults: [] })),
    { dryRun: false, imported: 0, alreadyThere: 3, refused: 0, addressesLeftOut: 0, withoutPassword: 0 },
  ]);
  expect(await postern.inDatabase(everythingIn)).toEqual(before);
  expect(await postern.run('events', 'verify', '--all')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^No tampering found\..* 3 events not sealed yet/),
  });
  const server = await startServer(postern.settings);
  const input = { login: 'member2@example.org', password: goodPassword };
  expect(await server.client().send(Login, { input })).toSucceed();
  await server.process.stop();
});

test.each([['import'], ['dry run']])('fails the %s of a file without users', async (mode) => {
  const flags = mode === 'import' ? [] : ['--dry-run'];
  expect(await postern.run('users', 'import', fileOf('', ''), ...flags)).toEqual({
    code: 1,
    signal: null,
    stdout: '',
    stderr: 'The file has no users. Nothing was imported.\n',
  });
});

test('imports nothing when a line is invalid, and says which and why', async () => {
  const file = fileOf(userLines(600), invalid, userLine(1));
  const before = await postern.inDatabase(everythingIn);
  const said = [
    'line 601: passwort: Is not a known field.',
    'line 602: username: Is the same as in line 1.',
    'line 602: email: Is the same as in line 1.',
    '',
  ].join('\n');
  expect(await postern.run('users', 'import', file)).toEqual({
    code: 1,
    signal: null,
    stdout: said,
    stderr: 'Nothing was imported. Correct these lines, or leave them out with --skip-invalid.\n',
  });
  expect(await postern.run('users', 'import', file, '--dry-run')).toEqual({
    code: 1,
    signal: null,
    stdout: `${said}Checked the file and changed nothing. Would import 600 users.\nCan't be imported: 2 lines.\n`,
    stderr: "Some lines can't be imported.\n",
  });
  expect(objectsIn(await postern.run('users', 'import', file, '--dry-run', '--json'))).toMatchObject([
    { line: 601, result: 'REFUSED', faults: [{ field: 'passwort', message: 'Is not a known field.' }] },
    { line: 602, result: 'REFUSED' },
    { dryRun: true, imported: 600, refused: 2 },
  ]);
  expect(await postern.inDatabase(everythingIn)).toEqual(before);
});

test('imports the other lines with `--skip-invalid`, also from standard input, and prints no value', async () => {
  const input = `${invalid}\r\n${userLines(1)}${JSON.stringify({ username: 'mara', passwordHash: 'a secret' })}`;
  const ended = await runCommand(['users', 'import', '-', '--skip-invalid'], postern.settings, input);
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  expect(ended.stdout).toContain("Imported 1 user.\nCan't be imported: 2 lines.\n");
  expect(ended.stdout).not.toMatch(/secret|\$2b/);
  expect(await usernames()).toEqual(['member1']);
});

test('refuses an input that can be read only once, unless an option says what to do with invalid lines', async () => {
  const [once, missing] = await userErrorsOf(
    postern,
    ['users', 'import', '-'],
    ['users', 'import', '/no/such/file', '--dry-run'],
  );
  expect(once).toMatch(/^This input can be read only once/);
  expect(missing).toMatch(/\/no\/such\/file: it doesn't exist/);
});

test('completes an import that was killed, when it is repeated', async () => {
  const first = launchImport(postern.settings, '--skip-invalid');
  first.child.stdin!.write(`${invalid}\n${userLines(700)}`);
  await first.until(({ stdout }) => stdout.includes('line 1:'));
  await first.stop('SIGKILL');
  const before = await usernames();
  expect(before).toHaveLength(499);
  const file = fileOf(userLines(1_200));
  expect(await postern.run('users', 'import', file)).toMatchObject({
    code: 0,
    stdout: 'Imported 701 users.\nAlready there: 499 users.\n',
  });
  const counts = await postern.inDatabase((database) =>
    query(
      database,
      "select count(*)::int as users, count(distinct username)::int as names, (select count(*)::int from security_events where type = 'USER_IMPORTED') as events from accounts",
    ),
  );
  expect(counts).toEqual([{ users: 1_200, names: 1_200, events: 1_200 }]);
});

const LINES = 20_000;
/** Blanks that make the input far larger than the memory that it may take. */
const PADDING = ' '.repeat(8_000);
const ALLOWED_GROWTH_BYTES = 60 * 1_024 * 1_024;

test('reads 20,000 lines of 160 MB in flat memory', async () => {
  const process = launchImport(postern.settings, '--dry-run', '--json');
  const stdin = process.child.stdin!;
  const resident: number[] = [];
  for (let number = 1; number <= LINES; number += 1) {
    const isWritten = stdin.write(userLine(number).replace(',', `,${PADDING}`));
    if (!isWritten) await once(stdin, 'drain');
    if (number % 500 === 0) resident.push(process.residentBytes);
  }
  stdin.end();
  expect(objectsIn(await process.ended)).toMatchObject([{ imported: LINES }]);
  const [warm, later] = [resident.slice(0, 10), resident.slice(10)];
  expect(Math.max(...later) - Math.max(...warm)).toBeLessThan(ALLOWED_GROWTH_BYTES);
});
