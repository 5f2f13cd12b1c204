import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import {
  cleanUp,
  launchServer,
  runCommand,
  startServer,
  temporaryFolder,
  type ServerProcess,
} from '../support/server-process.js';
import { goodPassword } from '../support/users.js';
import { openRaceDatabase, type RaceDatabase } from '../support/race-database.js';

let database: RaceDatabase;
afterEach(async () => {
  await cleanUp();
  await database.drop();
});

const readiness = ({ url }: ServerProcess) => fetch(`${url}/readyz`).then(({ status }) => status);

test('starts three servers concurrently on an empty database, and migrates it once', async () => {
  database = await openRaceDatabase({ empty: true });
  const settings = { DATABASE_URL: database.url };
  const servers = await Promise.all([startServer(settings), startServer(settings), startServer(settings)]);
  const [{ count } = { count: 0 }] = await database.query<{ count: number }>(
    'select count(*)::int as count from migrations',
  );
  expect(count).toBeGreaterThan(0);
  expect(servers.map(({ facts }) => facts['migrations']).sort()).toEqual([
    `${count} applied, up to date`,
    'up to date',
    'up to date',
  ]);
  expect(await Promise.all(servers.map(readiness))).toEqual([200, 200, 200]);
  expect(servers[0]!.facts['database']).toBe(
    `PostgreSQL at ${new URL(database.url).host}${new URL(database.url).pathname}`,
  );
});

test('starts three servers concurrently with ADMIN_USERNAME, and creates one ROOT (R-77)', async () => {
  database = await openRaceDatabase();
  const file = join(temporaryFolder(), 'password');
  writeFileSync(file, goodPassword);
  const settings = { DATABASE_URL: database.url, ADMIN_USERNAME: 'keeper', ADMIN_PASSWORD_FILE: file };
  const servers = await Promise.all([startServer(settings), startServer(settings), startServer(settings)]);
  expect(servers.map(({ setupToken }) => setupToken)).toEqual([null, null, null]);
  expect(await database.query('select username, role from accounts')).toEqual([{ username: 'keeper', role: 'ROOT' }]);
});

test('waits at startup for another instance’s migration, however long it takes', async () => {
  database = await openRaceDatabase({ empty: true });
  await database.query("select pg_advisory_lock(x'706f7374'::int)");
  const starting = startServer({ DATABASE_URL: database.url });
  const waiting = () =>
    database.query<{ age: number }>(
      "select extract(epoch from now() - query_start)::float8 as age from pg_stat_activity where wait_event_type = 'Lock' and wait_event = 'advisory' and datname = current_database()",
    );
  const LONGER_THAN_A_STATEMENT_SECONDS = 3;
  let longest = 0;
  while (longest < LONGER_THAN_A_STATEMENT_SECONDS) longest = (await waiting())[0]?.age ?? 0;
  await database.query('select pg_advisory_unlock_all()');
  expect(await readiness(await starting)).toBe(200);
});

test('reports at startup that the database doesn’t exist, and doesn’t create it', async () => {
  database = await openRaceDatabase({ empty: true });
  const wrong = new URL(database.url);
  wrong.pathname = '/postern_nowhere';
  const told = 'The database (DATABASE_URL) rejected the connection: database "postern_nowhere" does not exist.\n';
  expect(await launchServer({ DATABASE_URL: wrong.href }).ended).toMatchObject({
    code: 1,
    stderr: `Postern can't start. ${told}`,
  });
  expect(await runCommand(['migrate'], { DATABASE_URL: wrong.href })).toEqual({
    code: 1,
    signal: null,
    stdout: '',
    stderr: `The command failed. ${told}`,
  });
  expect(await database.query("select 1 from pg_database where datname = 'postern_nowhere'")).toEqual([]);
});

test('creates a ROOT on the command line while a server runs on PostgreSQL (R-77)', async () => {
  database = await openRaceDatabase();
  const settings = { DATABASE_URL: database.url };
  const server = await startServer(settings);
  const created = await runCommand(['admin', 'create', '--username', 'keeper'], settings, `${goodPassword}\n`);
  expect(created).toMatchObject({ code: 0, stdout: 'Created the ROOT account keeper. You can sign in now.\n' });
  const { data } = await server
    .client()
    .send('mutation ($input: CompleteSetupInput!) { completeSetup(input: $input) { userErrors { code } } }', {
      input: {
        setupToken: server.setupToken,
        username: 'second',
        password: goodPassword,
        confirmPassword: goodPassword,
      },
    });
  expect(data['completeSetup'].userErrors).toEqual([{ code: 'INVALID_TOKEN' }]);
  expect(await database.query('select username, role from accounts')).toEqual([{ username: 'keeper', role: 'ROOT' }]);
});
