import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { registerAt } from '../support/registrations.js';
import { cleanUp, launchServer, runCommand, startServer, temporaryFolder } from '../support/server-process.js';
import { useDatabaseServer } from '../support/server-databases.js';
import { startPgbouncer } from '../support/pgbouncer.js';

const server = useDatabaseServer();
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await cleanUp();
  for (const close of closers.splice(0)) await close();
  await server.clear();
});

/** Expects that a start and the check refuse a database, with one sentence and no stack, and change nothing in it. */
async function expectRefused(database: string, url: string, sentence: RegExp, ...settings: Record<string, string>[]) {
  const environment = Object.assign({ DATABASE_URL: url, DATA_DIR: temporaryFolder() }, ...settings);
  const tables = () => server.run('select count(*) from pg_class', database).then(({ rows }) => rows as object[]);
  const before = await tables();
  const { code, stderr } = await launchServer(environment).ended;
  expect([code, stderr.trim().split('\n').length]).toEqual([1, 1]);
  expect(stderr).toMatch(sentence);
  const check = await runCommand(['check'], environment);
  expect(check.code).toBe(2);
  expect(check.stdout).toMatch(sentence);
  expect(await tables()).toEqual(before);
}

test('starts again and again in its own schema, and restores a backup there', async () => {
  const [database, role] = [await server.makeDatabase(), await server.makeRole()];
  await server.run(`revoke all on schema public from public; create schema authorization ${role}`, database);
  await server.run(
    `create extension pg_trgm schema ${role}; grant create on database ${database} to ${role}`,
    database,
  );
  const settings = { DATABASE_URL: server.urlOf(database, role), DATA_DIR: temporaryFolder() };
  const first = await startServer(settings);
  const { token } = await registerAt(first);
  expect((await first.process.stop()).code).toBe(0);
  const second = await startServer(settings);
  expect(second.facts['migrations']).toBe('up to date');
  const again = Object.assign(second.client(), { token });
  expect((await again.send('{ me { username } }')).errors).toEqual([]);
  await second.process.stop();
  const { rows } = await server.run(
    "select distinct schemaname from pg_tables where tablename ~ '^(migrations|accounts)$'",
    database,
  );
  expect(rows).toEqual([{ schemaname: role }]);
  const backup = join(temporaryFolder(), 'backup');
  expect((await runCommand(['backup', backup], settings)).code).toBe(0);
  expect((await runCommand(['restore', backup, '--replace'], settings)).stdout).toContain('Restored');
  expect((await runCommand(['check'], settings)).stdout).toContain(`(schema ${role}, encoding UTF8)`);
});

test('refuses a role without rights, and says which statement grants them', async () => {
  const [database, role] = [await server.makeDatabase(), await server.makeRole()];
  const url = server.urlOf(database, role);
  await server.run('revoke all on schema public from public', database);
  await expectRefused(database, url, new RegExp(`create schema authorization ${role};`));
  await server.run(`create schema authorization ${role}`, database);
  await expectRefused(database, url, new RegExp(`grant create on database ${database} to ${role};`));
});

test.each([
  ['LATIN1', "encoding 'LATIN1' locale 'C' template template0", /has the encoding LATIN1/],
  ['SQL_ASCII', "encoding 'SQL_ASCII' locale 'C' template template0", /has the encoding SQL_ASCII/],
  ['the locale C', "encoding 'UTF8' locale 'C' template template0", /has the locale C/],
])('refuses a database with %s, and says how to create another one', async (_, options, sentence) => {
  const database = await server.makeDatabase(options);
  await expectRefused(database, server.urlOf(database), sentence);
});

test('refuses a read-only database at the start', async () => {
  const database = await server.makeDatabase();
  await server.run(`alter database ${database} set default_transaction_read_only = on`);
  await expectRefused(database, server.urlOf(database), /is read-only: .* Set DATABASE_URL to the primary/);
});

test('refuses a database that a newer version migrated, and names the migration', async () => {
  const database = await server.makeDatabase();
  const settings = { DATABASE_URL: server.urlOf(database), DATA_DIR: temporaryFolder() };
  expect((await runCommand(['migrate'], settings)).code).toBe(0);
  await server.run("insert into migrations (name) values ('Migration20990101000000_later')", database);
  await expectRefused(database, settings.DATABASE_URL, /newer than this version .* Migration20990101000000_later/);
  for (const command of [['migrate'], ['users', 'list']]) {
    const { code, stderr } = await runCommand(command, settings);
    expect([code, stderr]).toEqual([1, expect.stringContaining('Migration20990101000000_later')]);
  }
});

test('serves users on a database with German dates and other defaults', async () => {
  const database = await server.makeDatabase();
  for (const setting of [
    "datestyle = 'German, DMY'",
    "timezone = 'Asia/Tokyo'",
    "intervalstyle = 'sql_standard'",
    "bytea_output = 'escape'",
    'extra_float_digits = -5',
  ])
    await server.run(`alter database ${database} set ${setting}`);
  const settings = { DATABASE_URL: server.urlOf(database), DATA_DIR: temporaryFolder() };
  const { client } = await registerAt(await startServer(settings));
  const before = Date.now();
  const { data, errors } = await client.send('{ me { createdAt } }');
  expect(errors).toEqual([]);
  const { createdAt } = (data as { me: { createdAt: string } }).me;
  expect(Math.abs(Date.parse(createdAt) - before)).toBeLessThan(60_000);
});

test('refuses a pooler of transactions unless POSTERN_DATABASE_POOLER names it', async () => {
  const database = await server.makeDatabase();
  const pooler = await startPgbouncer(server.urlOf(database), 'transaction');
  closers.push(pooler.stop);
  await expectRefused(database, pooler.url, /leads to a pooler of transactions/);
  const session = { POSTERN_DATABASE_POOLER: 'transaction', POSTERN_DATABASE_SESSION_URL: pooler.url };
  const { code, stderr } = await launchServer({ DATABASE_URL: pooler.url, ...session }).ended;
  expect([code, stderr]).toEqual([
    1,
    expect.stringContaining('POSTERN_DATABASE_SESSION_URL leads to a pooler of transactions'),
  ]);
});

test.each(['transaction', 'session'] as const)(
  'serves 48 users concurrently through PgBouncer in %s mode',
  async (mode) => {
    const database = await server.makeDatabase();
    const url = server.urlOf(database);
    const pooler = await startPgbouncer(url, mode);
    closers.push(pooler.stop);
    const settings = {
      DATABASE_URL: pooler.url,
      ...(mode === 'transaction' ? { POSTERN_DATABASE_POOLER: mode, POSTERN_DATABASE_SESSION_URL: url } : {}),
    };
    const postern = await startServer(settings);
    const users = await Promise.all(Array.from({ length: 48 }, () => registerAt(postern)));
    for (let round = 0; round < 3; round += 1) {
      const answers = await Promise.all(users.map(({ client }) => client.send('{ me { username } }')));
      expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
    }
    expect((await fetch(`${postern.url}/readyz`)).status).toBe(200);
    expect((await runCommand(['check'], settings)).stdout).toContain('is reachable');
  },
);

test('refuses a POSTERN_DATABASE_SESSION_URL that leads to another database', async () => {
  const [database, other] = [await server.makeDatabase(), await server.makeDatabase()];
  const url = server.urlOf(database);
  await expectRefused(
    database,
    url,
    /POSTERN_DATABASE_SESSION_URL leads to another database .*\. Set it to the same one/,
    {
      POSTERN_DATABASE_POOLER: 'transaction',
      POSTERN_DATABASE_SESSION_URL: server.urlOf(other),
    },
  );
});

test('names POSTERN_DATABASE_SESSION_URL when that address can’t be reached', async () => {
  const database = await server.makeDatabase();
  await expectRefused(database, server.urlOf(database), /Can't reach the database \(POSTERN_DATABASE_SESSION_URL\)/, {
    POSTERN_DATABASE_POOLER: 'transaction',
    POSTERN_DATABASE_SESSION_URL: 'postgres://postgres@127.0.0.1:1/postern',
  });
});
