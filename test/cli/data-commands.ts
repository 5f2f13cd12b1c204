import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newMasterKey } from '../../src/crypto/key-ring.js';
import type { Database } from '../../src/database/connection/database.js';
import { query } from '../support/database.js';
import { goodPassword } from '../support/people.js';
import { registerAt } from '../support/registrations.js';
import { runCommand, startServer, temporaryFolder, type ServerProcess } from '../support/server-process.js';
import {
  everythingIn,
  giveUpMail,
  objectsIn,
  refusalsOf,
  type Installation,
  type OpenInstallation,
} from './installation.js';

const other = newMasterKey(new Date());

async function usernameAt(server: ServerProcess, token: string): Promise<unknown> {
  const { data } = await Object.assign(server.client(), { token }).send('{ me { username } }');
  return data['me'];
}

const addRoot = (database: Database) =>
  query(
    database,
    "insert into accounts (id, username, role, status, created_at, password_hash) values (gen_random_uuid(), 'ada', 'ROOT', 'ACTIVE', now(), 'x')",
  );

/** Tests of the commands that inspect, back up and restore an installation. */
export function describeDataCommands(open: OpenInstallation): void {
  let postern: Installation;
  let file: string;
  let token: string;
  beforeAll(async () => {
    postern = await open();
    file = join(temporaryFolder(), 'postern.backup');
    const server = await startServer(postern.settings);
    ({ token } = await registerAt(server));
    await server.process.stop();
    await postern.inDatabase(addRoot);
    await postern.run('backup', file);
  });
  afterAll(() => postern.end());

  test('`postern check` reports each item, changes nothing, and exits with 2 when one fails', async () => {
    const before = await postern.inDatabase(everythingIn);
    const findings = await postern.run('check', '--json');
    expect(await postern.inDatabase(everythingIn)).toEqual(before);
    expect(findings).toMatchObject({ code: 0, stderr: '' });
    expect(objectsIn(findings).map(({ about, well }) => `${about} ${well}`)).toEqual([
      'settings true',
      'mail true',
      'database true',
      'migrations true',
      'administrator true',
      'keys true',
      'events true',
      'mail true',
    ]);
    await postern.inDatabase((database) =>
      query(database, "update accounts set role = 'ADMIN' where username = 'ada'"),
    );
    const without = await postern.run('check');
    expect([without.code, without.stdout.split('\n').filter((line) => line.startsWith('NOT WELL'))]).toEqual([
      2,
      [
        'NOT WELL  administrator: there is no ROOT: "postern admin create" makes one, and so does the setup token of the next start.',
      ],
    ]);
    await postern.inDatabase((database) => query(database, "update accounts set role = 'ROOT' where username = 'ada'"));
  });

  test('`postern check` reports which of settings, mail, migrations, database and keys fail', async () => {
    const notWell = async (settings: Record<string, string>) => {
      const { code, stdout } = await runCommand(['check'], { ...postern.settings, ...settings });
      return [
        code,
        stdout
          .split('\n')
          .filter((line) => line.startsWith('NOT WELL'))
          .map((line) => line.slice(10)),
      ];
    };
    expect(await notWell({ PORT: 'http' })).toEqual([
      2,
      ['settings: This is not as it should be. These settings need mending:'],
    ]);
    expect(await notWell({ SMTP_URL: 'smtp://127.0.0.1:1', LOG_LEVEL: 'error' })).toEqual([
      2,
      [
        expect.stringContaining('settings: LOG_LEVEL is error, so the seals'),
        expect.stringMatching(/^mail: .*Look at SMTP_URL\.$/),
      ],
    ]);
    await postern.inDatabase((database) =>
      query(database, "update migrations set name = name || '_later' where name = (select max(name) from migrations)"),
    );
    expect(await notWell({})).toEqual([
      2,
      ['migrations: 1 have to run: "postern migrate", or a start with MIGRATE_ON_START on.'],
    ]);
    await postern.inDatabase((database) => query(database, "update migrations set name = replace(name, '_later', '')"));
    expect(await notWell({ DATABASE_URL: 'postgres://postgres@127.0.0.1:1/postern' })).toEqual([
      2,
      [
        'database: This is not as it should be. The database (DATABASE_URL) cannot be reached at 127.0.0.1, port 1: nothing answers there.',
      ],
    ]);
    await postern.inDatabase((database) =>
      query(
        database,
        "insert into two_factors (account_id, enabled_at, secret_ciphertext, last_step) select id, now(), 'v1.gone.AAAA.AAAA.AAAA', 0 from accounts where username = 'ada'",
      ),
    );
    expect(await notWell({})).toEqual([
      2,
      ['keys: they do not open 1 of 1 secrets: put the key that is missing back into ENCRYPTION_KEYS.'],
    ]);
    await postern.inDatabase((database) => query(database, 'delete from two_factors'));
  });

  test('`postern check` reports a statement timeout and still checks everything else', async () => {
    await postern.inDatabase(async (database) => {
      await query(
        database,
        "create function too_long() returns boolean language plpgsql as $$ begin raise 'canceling statement due to statement timeout' using errcode = 'query_canceled'; end $$",
      );
      await query(database, 'alter table event_seals rename to event_seals_away');
      await query(
        database,
        'create view event_seals as select seals.* from too_long() as raised left join event_seals_away seals on raised',
      );
    });
    const { code, stdout, stderr } = await postern.run('check');
    await postern.inDatabase(async (database) => {
      await query(database, 'drop view event_seals');
      await query(database, 'alter table event_seals_away rename to event_seals');
    });
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    expect(stdout.trim().split('\n').slice(-2)).toEqual([
      'NOT WELL  events: This is not as it should be. The database took too long over a statement, and gave it up: canceling statement due to statement timeout.',
      'well      mail: none was given up.',
    ]);
  });

  test('`postern mail failed` lists failed mail with unsafe text escaped, and `check` counts it (R-98)', async () => {
    expect(await postern.run('mail', 'failed')).toEqual({
      code: 0,
      signal: null,
      stdout: 'No mail was given up.\n',
      stderr: '',
    });
    await postern.inDatabase((database) => giveUpMail(database, '550 no such mailbox\u001b[2J'));
    expect(await postern.run('mail', 'failed')).toMatchObject({
      code: 0,
      stdout:
        '2026-11-01T08:00:00.000Z  NOTICE             given up 2026-11-02T08:00:00.000Z: 550 no such mailbox\\u001b[2J\n',
    });
    expect(objectsIn(await postern.run('mail', 'failed', '--json'))).toEqual([
      {
        id: expect.any(String),
        data: { kind: 'NOTICE', eventId: '1' },
        createdAt: '2026-11-01T08:00:00.000Z',
        failedAt: '2026-11-02T08:00:00.000Z',
        reason: '550 no such mailbox\\u001b[2J',
      },
    ]);
    expect(objectsIn(await postern.run('check', '--json'))).toContainEqual({
      about: 'mail',
      well: false,
      says: '1 were given up: "postern mail failed" lists them.',
    });
    await postern.inDatabase((database) => query(database, "delete from pgboss.job where name = 'mail-failed'"));
  });

  test('`postern backup` writes a file that only its owner can read, and overwrites none', async () => {
    const another = `${file}.2`;
    const made = await postern.run('backup', another);
    expect(made).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(
        /^Everything in .* is in .*postern\.backup\.2 now\. It needs the keys test, which are not in it\.\n$/,
      ),
    });
    expect(made.stdout).not.toContain(goodPassword);
    expect(statSync(another).mode & 0o777).toBe(0o600);
    const before = readFileSync(file);
    expect(await refusalsOf(postern, ['backup', file], ['backup', '/nowhere/postern.backup'])).toEqual([
      `There is a file ${file} already. It was left as it is.\n`,
      'The file /nowhere/postern.backup cannot be written: there is no such folder.\n',
    ]);
    expect(readFileSync(file)).toEqual(before);
    expect(existsSync(`${file}.partial`)).toBe(false);
  });

  test('`postern restore` rejects a database with data or an invalid backup, and changes nothing', async () => {
    const [cut, text] = [join(temporaryFolder(), 'cut'), join(temporaryFolder(), 'text')];
    writeFileSync(cut, readFileSync(file).subarray(0, 900));
    writeFileSync(text, gzipSync('null\n'));
    expect(
      await refusalsOf(
        postern,
        ['restore', file],
        ['restore', cut, '--replace'],
        ['restore', text, '--replace'],
        ['restore', join(cut, 'nowhere'), '--replace'],
        ['restore'],
      ),
    ).toEqual([
      expect.stringMatching(
        / holds accounts or events already, and was left as it is\. With --replace they are thrown away\.\n$/,
      ),
      `${cut} was cut off: it is not a whole backup. Nothing was changed.\n`,
      'The file is no backup of Postern. Nothing was changed.\n',
      expect.stringMatching(/^The file .* cannot be read: .*\. Nothing was changed\.\n$/),
      expect.stringContaining("error: missing required argument 'file'"),
    ]);
  });

  test('`postern restore --replace` restores sessions, and security events that pass verification', async () => {
    await postern.inDatabase((database) => query(database, 'delete from sessions'));
    const restored = await postern.run('restore', file, '--replace', '--json');
    expect(restored.code).toBe(0);
    expect(objectsIn(restored)).toEqual([
      { at: expect.any(String), keyIds: ['test'], rows: expect.any(Number), missingKeys: [] },
    ]);
    const server = await startServer(postern.settings);
    expect(await usernameAt(server, token)).toEqual({ username: expect.any(String) });
    await server.process.stop();
    expect(await postern.run('events', 'verify')).toMatchObject({ code: 0 });
  });

  test('`postern restore` fills an empty embedded database and names the missing keys', async () => {
    const settings = { DATA_DIR: temporaryFolder() };
    const there = await runCommand(['restore', file], { ...settings, ENCRYPTION_KEYS: other });
    expect(there).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(
        / rows\. Its secrets need the keys test, which ENCRYPTION_KEYS has not: put them in before a server starts\.\n$/,
      ),
    });
    const server = await startServer(settings);
    expect(await usernameAt(server, token)).toEqual({ username: expect.any(String) });
    await server.process.stop();
    expect(gunzipSync(readFileSync(file)).toString()).not.toContain(token);
  });

  test('`postern migrate` and `usage purge` find nothing to do, and an invalid month is rejected', async () => {
    expect(await postern.run('migrate')).toMatchObject({ code: 0, stdout: 'The database was up to date.\n' });
    expect(await postern.run('usage', 'purge', '--before', '2020-01')).toMatchObject({
      code: 0,
      stdout: 'There was no usage of so early a month.\n',
    });
    expect(await refusalsOf(postern, ['usage', 'purge', '--before', '2020-13'], ['usage', 'purge'])).toEqual([
      'A month is written like 2026-08, and this is not one: 2020-13\n',
      expect.stringContaining("error: required option '--before <month>' not specified"),
    ]);
  });

  test('`postern keys rotate` without the older key changes nothing and exits with 1 (R-92)', async () => {
    const rotate = (ENCRYPTION_KEYS: string) =>
      runCommand(['keys', 'rotate'], { ...postern.settings, ENCRYPTION_KEYS });
    await postern.run('events', 'seal');
    expect(await rotate(other)).toMatchObject({
      code: 1,
      stdout: 'Secrets encrypted anew: 0; left: 0.\nSeals signed anew: 0; left: 1.\n',
      stderr:
        'Keep the older keys: some seals or security events are not genuine, or none of the keys is theirs. "postern events verify --all" names them.\n',
    });
    expect(await postern.run('events', 'verify')).toMatchObject({ code: 0 });
  });

  test('accepts an outdated database only for `migrate` and `backup` when MIGRATE_ON_START=off', async () => {
    const off = { ...postern.settings, MIGRATE_ON_START: 'off' };
    const migrations = () => postern.inDatabase((database) => query(database, 'select name from migrations'));
    const upToDate = await migrations();
    await postern.inDatabase((database) => database.orm.migrator.down());
    const before = await postern.inDatabase(everythingIn);
    const outdated = {
      code: 1,
      stdout: '',
      stderr:
        'This cannot be done. The database is not up to date: run "npm run postern -- migrate", or set MIGRATE_ON_START to on.\n',
    };
    for (const argv of [
      ['users', 'list'],
      ['service', 'create', '--username', 'gateway'],
      ['keys', 'rotate'],
      ['events', 'verify'],
      ['restore', file, '--replace'],
    ]) {
      expect({ argv, ...(await runCommand(argv, off)) }).toMatchObject({ argv, ...outdated });
    }
    for (const settings of [off, postern.settings])
      expect(await runCommand(['backup', join(temporaryFolder(), 'outdated')], settings)).toMatchObject({
        code: 0,
        stderr: '',
      });
    expect(await postern.inDatabase(everythingIn)).toEqual(before);
    expect(await runCommand(['migrate'], off)).toMatchObject({ code: 0, stdout: '1 migrations applied.\n' });
    expect(await migrations()).toHaveLength(upToDate.length);
    expect(await runCommand(['users', 'list'], off)).toMatchObject({ code: 0 });
    expect(await runCommand(['restore', file], { DATA_DIR: temporaryFolder(), MIGRATE_ON_START: 'off' })).toMatchObject(
      { code: 0, stderr: '' },
    );
  });
}
