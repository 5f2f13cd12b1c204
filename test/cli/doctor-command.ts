import { expect, afterAll, beforeAll, test } from '@jest/globals';
import { newMasterKey } from '../../src/crypto/key-ring.js';
import { formatMonth } from '../../src/database/partition/monthly-partitions.js';
import { query } from '../support/database.js';
import { testSettings } from '../support/postern.js';
import { registerAt } from '../support/registrations.js';
import { runCommand, startServer } from '../support/server-process.js';
import { addRoot, everythingIn, objectsIn, type Installation, type OpenInstallation } from './installation.js';

/** Tests of `postern doctor` on an installation with a user and a ROOT. */
export function describeDoctor(open: OpenInstallation): void {
  let postern: Installation;
  beforeAll(async () => {
    postern = await open();
    const server = await startServer(postern.settings);
    await registerAt(server);
    await server.process.stop();
    await postern.inDatabase(addRoot);
  });
  afterAll(() => postern.end());

  /** The exit code of `doctor`, and its lines that are not OK, but for the ROOT without a second factor. */
  const findings = async (
    settings: Record<string, string> = {},
    variables: Record<string, string> = {},
  ): Promise<[number | null, string[]]> => {
    const { code, stdout } = await runCommand(['doctor'], { ...postern.settings, ...settings }, '', variables);
    return [
      code,
      stdout.split('\n').filter((line) => /^(?:WARN|FAIL)/.test(line) && !/ (?:two-factor|connections): /.test(line)),
    ];
  };

  /** The exit code, and what failed. */
  const failures = async (settings: Record<string, string> = {}) => {
    const [code, lines] = await findings(settings);
    return [code, lines.filter((line) => line.startsWith('FAIL')).map((line) => line.slice(5))];
  };

  test('`postern doctor` reports each item, and changes nothing', async () => {
    const before = await postern.inDatabase(everythingIn);
    const answered = await postern.run('doctor', '--json');
    expect(await postern.inDatabase(everythingIn)).toEqual(before);
    expect(answered).toMatchObject({ code: 0, stderr: '' });
    const ofTheServer = [expect.stringMatching(/^connections (?:OK|WARN)$/), 'statement-log OK', 'clock OK'];
    expect(objectsIn(answered).map(({ name, status }) => `${name} ${status}`)).toEqual([
      'settings OK',
      'url OK',
      'proxies OK',
      'mail OK',
      'database OK',
      ...('DATABASE_URL' in postern.settings ? ofTheServer : ['disk OK']),
      'migrations OK',
      'partitions OK',
      'administrator OK',
      'two-factor WARN',
      'keys OK',
      'passkeys OK',
      'events OK',
      'queue OK',
      'webhooks OK',
    ]);
  });

  test('`postern check --strict` does the same, and exits with 2 for a warning', async () => {
    const { code, stdout } = await postern.run('check', '--strict');
    expect([code, stdout]).toEqual([2, expect.stringMatching(/^WARN two-factor: ROOT accounts .*: ada\. Turn on /m)]);
  });

  test('`postern doctor` fails when there is no ROOT', async () => {
    await postern.inDatabase((database) =>
      query(database, "update accounts set role = 'ADMIN' where username = 'ada'"),
    );
    expect(await findings()).toEqual([
      2,
      [
        'FAIL administrator: no ROOT account. Run "postern admin create", or restart the server and open its setup link.',
      ],
    ]);
    await postern.inDatabase((database) => query(database, "update accounts set role = 'ROOT' where username = 'ada'"));
  });

  test('`postern doctor` fails for names of settings that are old or unknown', async () => {
    expect(await findings({}, { LOG_LEVEL: 'info', POSTERN_MAILS: 'on' })).toEqual([
      2,
      [
        expect.stringMatching(/^FAIL settings: .* Rename LOG_LEVEL to POSTERN_LOG_LEVEL$/),
        'FAIL settings: POSTERN_MAILS is not a setting. Did you mean POSTERN_MAIL?',
      ],
    ]);
  });

  test('`postern doctor` says which of settings, mail, migrations, database and keys fail', async () => {
    expect(await failures({ PORT: 'http' })).toEqual([2, ['settings: The check failed. Invalid settings:']]);
    expect(await failures({ SMTP_URL: 'smtp://127.0.0.1:1', LOG_LEVEL: 'error' })).toEqual([
      2,
      [
        expect.stringContaining('settings: POSTERN_LOG_LEVEL is error, so seals'),
        expect.stringMatching(/^mail: Connection refused by 127\.0\.0\.1:1\. .* in POSTERN_SMTP_URL\.$/),
      ],
    ]);
    const publicUrl = { PUBLIC_URL: 'https://account.example.org' };
    expect(await failures(publicUrl)).toEqual([
      2,
      [
        expect.stringMatching(
          /^proxies: POSTERN_PUBLIC_URL is https, so a proxy .*Set POSTERN_TRUSTED_PROXIES to the address of /,
        ),
      ],
    ]);
    expect(await failures({ ...publicUrl, TRUSTED_PROXIES: '192.0.2.1' })).toEqual([0, []]);
    const [newest] = await postern.inDatabase((database) =>
      query<{ name: string }>(
        database,
        'delete from migrations where name = (select max(name) from migrations) returning name',
      ),
    );
    expect(await failures()).toEqual([
      2,
      [
        'migrations: 1 pending. Run "postern migrate", or start the server with POSTERN_MIGRATE_ON_START=on (the default).',
      ],
    ]);
    await postern.inDatabase((database) => query(database, 'insert into migrations (name) values (?)', [newest!.name]));
    expect(await failures({ DATABASE_URL: 'postgres://postgres@127.0.0.1:1/postern' })).toEqual([
      2,
      [
        "database: The check failed. Can't reach the database (DATABASE_URL) at 127.0.0.1, port 1: connection refused. Check that PostgreSQL runs, and the host and port.",
      ],
    ]);
    await postern.inDatabase((database) =>
      query(
        database,
        "insert into two_factors (account_id, enabled_at, secret_ciphertext, last_step) select id, now(), 'v1.gone.AAAA.AAAA.AAAA', 0 from accounts where username = 'ada'",
      ),
    );
    expect(await failures()).toEqual([
      2,
      ["keys: 1 of 1 secret can't be decrypted. Put the missing key back into POSTERN_ENCRYPTION_KEYS."],
    ]);
    await postern.inDatabase((database) => query(database, 'delete from two_factors'));
  });

  test('`postern doctor` warns of what will fail later, and says what to do', async () => {
    await postern.run('events', 'seal');
    const partition = `usage_totals_${formatMonth(new Date()).replace('-', '_')}`;
    const old = newMasterKey(new Date('2024-01-01'));
    const before = await findings({
      ENCRYPTION_KEYS: `${old},${testSettings.ENCRYPTION_KEYS},${newMasterKey(new Date())}`,
    });
    expect(before).toEqual([
      0,
      [
        expect.stringMatching(/^WARN keys: Secrets may still need test\. Run "postern keys rotate"/),
        expect.stringMatching(/^WARN keys: Nothing needs \d{8}-\w{6}\. Remove it from POSTERN_ENCRYPTION_KEYS\.$/),
        expect.stringMatching(/^WARN keys: The key 20240101-\w{6} is older than a year\./),
      ],
    ]);
    await postern.inDatabase(async (database) => {
      await query(
        database,
        `insert into pgboss.job (name, data, state, start_after) values ('mail', '{}', 'created', now() - interval '1 hour')`,
      );
      await query(
        database,
        "insert into webhooks (id, url, description, event_types, status, created_at) values (gen_random_uuid(), 'https://example.org', '', '{}', 'FAILING', now())",
      );
      await query(database, 'alter table attempts add constraint "few" check (failures < 1000) not valid');
      await query(database, `alter table ${partition} rename to partition_away`);
    });
    expect(await findings()).toEqual([
      2,
      [
        'WARN migrations: all applied, but 1 step after them didn\'t finish. Run "postern migrate".',
        expect.stringMatching(/^FAIL partitions: Usage logs have no partition for this month, /),
        'WARN queue: 1 email waited for more than 10 minutes. Start a server: it sends them.',
        expect.stringMatching(/^WARN webhooks: 1 webhook failed for too long and gets no events\. /),
      ],
    ]);
    await postern.inDatabase(async (database) => {
      await query(database, "delete from pgboss.job where name = 'mail' and state = 'created' and data = '{}'");
      await query(database, 'delete from webhooks');
      await query(database, 'alter table attempts drop constraint "few"');
      await query(database, `alter table partition_away rename to ${partition}`);
    });
    expect(await findings()).toEqual([0, []]);
  });

  test('`postern doctor` warns of weak settings in production', async () => {
    const { stdout } = await runCommand(['doctor'], {
      ...postern.settings,
      NODE_ENV: 'production',
      PUBLIC_URL: 'https://192.0.2.1',
      TRUSTED_PROXIES: '0.0.0.0/0',
      INTROSPECTION: 'on',
      TWO_FACTOR_REQUIRED_FOR: 'ADMIN',
      MAIL: 'off',
    });
    expect(stdout.split('\n').filter((line) => /^(WARN|FAIL) (settings|url|proxies)/.test(line))).toEqual([
      expect.stringMatching(/^WARN settings: POSTERN_INTROSPECTION is on, /),
      expect.stringMatching(/^WARN settings: POSTERN_TWO_FACTOR_REQUIRED_FOR lacks ROOT, /),
      expect.stringMatching(/^WARN url: https:\/\/192\.0\.2\.1 is an IP address, /),
      expect.stringMatching(/^FAIL proxies: POSTERN_TRUSTED_PROXIES contains 0\.0\.0\.0\/0, /),
    ]);
  });

  test('`postern doctor` reports a statement timeout and still checks everything else', async () => {
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
    const { code, stdout, stderr } = await postern.run('doctor');
    await postern.inDatabase(async (database) => {
      await query(database, 'drop view event_seals');
      await query(database, 'alter table event_seals_away rename to event_seals');
    });
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    expect(stdout.trim().split('\n').slice(-3)).toEqual([
      'FAIL events: The check failed. A database statement took too long and was canceled: canceling statement due to statement timeout.',
      'OK   queue: no emails failed',
      'OK   webhooks: no receiver was given up',
    ]);
  });
}
