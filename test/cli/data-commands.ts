import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newMasterKey } from '../../src/crypto/key-ring.js';
import { query } from '../support/database.js';
import { goodPassword } from '../support/users.js';
import { registerAt } from '../support/registrations.js';
import { runCommand, startServer, temporaryFolder, type ServerProcess } from '../support/server-process.js';
import {
  addRoot,
  everythingIn,
  giveUpMail,
  objectsIn,
  userErrorsOf,
  type Installation,
  type OpenInstallation,
} from './installation.js';

const other = newMasterKey(new Date());

async function usernameAt(server: ServerProcess, token: string): Promise<unknown> {
  const { data } = await Object.assign(server.client(), { token }).send('{ me { username } }');
  return data['me'];
}

/** Tests of the commands that back up, restore and migrate an installation. */
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

  test('`postern mail failed` lists failed mail with unsafe text escaped, and `doctor` counts it (R-98)', async () => {
    expect(await postern.run('mail', 'failed')).toEqual({
      code: 0,
      signal: null,
      stdout: 'No emails failed.\n',
      stderr: '',
    });
    await postern.inDatabase((database) => giveUpMail(database, '550 no such mailbox\u001b[2J'));
    expect(await postern.run('mail', 'failed')).toMatchObject({
      code: 0,
      stdout:
        '2026-11-01T08:00:00.000Z  NOTICE             failed 2026-11-02T08:00:00.000Z: 550 no such mailbox\\u001b[2J\n',
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
    expect(objectsIn(await postern.run('doctor', '--json'))).toContainEqual({
      name: 'queue',
      status: 'WARN',
      message: '1 email could not be sent. Run "postern mail failed" to list them.',
    });
    await postern.inDatabase((database) => query(database, "delete from pgboss.job where name = 'mail-failed'"));
  });

  test('`postern backup` writes a file that only its owner can read, and overwrites no existing file', async () => {
    const another = `${file}.2`;
    const made = await postern.run('backup', another);
    expect(made).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(
        /^Backed up .* to .*postern\.backup\.2\. To restore it, you also need these keys, which are not in it: test\.\n$/,
      ),
    });
    expect(made.stdout).not.toContain(goodPassword);
    expect(statSync(another).mode & 0o777).toBe(0o600);
    const before = readFileSync(file);
    expect(await userErrorsOf(postern, ['backup', file], ['backup', '/nowhere/postern.backup'])).toEqual([
      `${file} already exists. Choose another file name.\n`,
      "Can't write /nowhere/postern.backup: the folder does not exist.\n",
    ]);
    expect(readFileSync(file)).toEqual(before);
    expect(existsSync(`${file}.partial`)).toBe(false);
  });

  test('`postern restore` rejects a database with data or an invalid backup, and changes nothing', async () => {
    const [cut, text] = [join(temporaryFolder(), 'cut'), join(temporaryFolder(), 'text')];
    writeFileSync(cut, readFileSync(file).subarray(0, 900));
    writeFileSync(text, gzipSync('null\n'));
    expect(
      await userErrorsOf(
        postern,
        ['restore', file],
        ['restore', cut, '--replace'],
        ['restore', text, '--replace'],
        ['restore', join(cut, 'nowhere'), '--replace'],
        ['restore'],
      ),
    ).toEqual([
      expect.stringMatching(
        / already contains accounts or events and was not changed\. To delete them, use --replace\.\n$/,
      ),
      `${cut} is truncated. Nothing was changed.\n`,
      'The file is not a Postern backup. Nothing was changed.\n',
      expect.stringMatching(/^Can't read .*: .*\. Nothing was changed\.\n$/),
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
        / rows\. POSTERN_ENCRYPTION_KEYS lacks keys for its secrets: test\. Add them before you start a server\.\n$/,
      ),
    });
    const server = await startServer(settings);
    expect(await usernameAt(server, token)).toEqual({ username: expect.any(String) });
    await server.process.stop();
    expect(gunzipSync(readFileSync(file)).toString()).not.toContain(token);
  });

  test('`postern migrate` and `usage purge` find nothing to do, and `usage purge` rejects an invalid month', async () => {
    expect(await postern.run('migrate')).toMatchObject({ code: 0, stdout: 'The database is already up to date.\n' });
    expect(await postern.run('usage', 'purge', '--before', '2020-01')).toMatchObject({
      code: 0,
      stdout: 'No usage to delete before that month.\n',
    });
    expect(await userErrorsOf(postern, ['usage', 'purge', '--before', '2020-13'], ['usage', 'purge'])).toEqual([
      'Invalid month 2020-13. Enter a month such as 2026-08.\n',
      expect.stringContaining("error: required option '--before <month>' not specified"),
    ]);
  });

  test('`postern keys rotate` without the older key changes nothing and exits with 1 (R-92)', async () => {
    const rotate = (ENCRYPTION_KEYS: string) =>
      runCommand(['keys', 'rotate'], { ...postern.settings, ENCRYPTION_KEYS });
    await postern.run('events', 'seal');
    expect(await rotate(other)).toMatchObject({
      code: 1,
      stdout: 'Secrets re-encrypted: 0; remaining: 0.\nSeals re-signed: 0; remaining: 1.\n',
      stderr:
        'Some seals or security events are not genuine, or their key is missing. Keep the older keys, and run "postern events verify --all" to list them.\n',
    });
    expect(await postern.run('events', 'verify')).toMatchObject({ code: 0 });
  });

  test('accepts an outdated database only for `migrate` and `backup` when POSTERN_MIGRATE_ON_START=off', async () => {
    const off = { ...postern.settings, MIGRATE_ON_START: 'off' };
    const migrations = () => postern.inDatabase((database) => query(database, 'select name from migrations'));
    const upToDate = await migrations();
    await postern.inDatabase((database) => database.orm.migrator.down());
    const before = await postern.inDatabase(everythingIn);
    const outdated = {
      code: 1,
      stdout: '',
      stderr:
        'The command failed. The database is not up to date. Run "postern migrate", or start the server with POSTERN_MIGRATE_ON_START=on (the default).\n',
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
    expect(await runCommand(['migrate'], off)).toMatchObject({ code: 0, stdout: 'Applied 1 migration.\n' });
    expect(await migrations()).toHaveLength(upToDate.length);
    expect(await runCommand(['users', 'list'], off)).toMatchObject({ code: 0 });
    expect(await runCommand(['restore', file], { DATA_DIR: temporaryFolder(), MIGRATE_ON_START: 'off' })).toMatchObject(
      { code: 0, stderr: '' },
    );
  });
}
