import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Database } from '../../src/database/connection/database.js';
import { toGlobalId } from '../../src/rules/global-id.js';
import { query } from '../support/database.js';
import { addUnusablePasskeys } from '../support/passkeys.js';
import { startServer } from '../support/server-process.js';
import { markTwoFactorOn } from '../support/two-factor.js';
import { objectsIn, userErrorsOf, type Installation, type OpenInstallation } from './installation.js';

/** Only Ada can sign in as ROOT. Bob was enabled once. Carl has a second factor, an address and an API token. */
async function settle(database: Database): Promise<void> {
  for (const [username, role, email, hash] of [
    ['ada', 'ROOT', null, 'x'],
    ['bob', 'ADMIN', 'Bob@example.org', 'x'],
    ['carl', 'USER', 'carl@example.org', 'x'],
    ['dora', 'ROOT', null, null],
  ]) {
    await query(
      database,
      "insert into accounts (id, username, role, status, created_at, email, email_key, password_hash) values (gen_random_uuid(), ?, ?, 'ACTIVE', '2026-11-01T08:00:00Z', ?, lower(?), ?)",
      [username, role, email, email, hash],
    );
  }
  await markTwoFactorOn(database, 'carl');
  await query(
    database,
    "insert into api_tokens (account_id, token_hash, key_id, hint, created_at) select id, 'hash', 'test', 'hint', now() from accounts where username = 'carl'",
  );
  await query(
    database,
    "insert into security_events (id, at, type, outcome, account_id, ip, request_id, reason) select gen_random_uuid(), '2026-11-02T08:00:00Z', 'USER_STATUS_SET', 'SUCCESS', id, '203.0.113.9', 'request', E'is\\u001b[31m back' from accounts where username = 'bob'",
  );
}

/** Tests of the commands that manage users and service accounts. */
export function describeAccountCommands(open: OpenInstallation): void {
  let postern: Installation;
  beforeAll(async () => {
    postern = await open();
    await postern.inDatabase(settle);
  });
  afterAll(() => postern.end());

  const rows = <Row extends object>(sql: string) => postern.inDatabase((database) => query<Row>(database, sql));

  test('`postern users list` lists users by name, and filters them by search, role and status', async () => {
    expect(await postern.run('users', 'list')).toEqual({
      code: 0,
      signal: null,
      stderr: '',
      stdout: [
        `${'ada'.padEnd(32)}  ROOT     ACTIVE`,
        `${'bob'.padEnd(32)}  ADMIN    ACTIVE    Bob@example.org`,
        `${'carl'.padEnd(32)}  USER     ACTIVE    carl@example.org`,
        `${'dora'.padEnd(32)}  ROOT     ACTIVE`,
        '',
      ].join('\n'),
    });
    expect(
      objectsIn(
        await postern.run('users', 'list', '--search', ' XAMPLE', '--role', 'ADMIN', '--status', 'ACTIVE', '--json'),
      ),
    ).toEqual([
      {
        id: expect.any(String),
        username: 'bob',
        role: 'ADMIN',
        status: 'ACTIVE',
        email: 'Bob@example.org',
        createdAt: '2026-11-01T08:00:00.000Z',
        lastLoginAt: null,
      },
    ]);
    expect(await postern.run('users', 'list', '--search', '%')).toMatchObject({
      code: 0,
      stdout: 'No accounts found.\n',
    });
  });

  test('`postern users disable` and `enable` revoke sessions, record the reason and notify the user', async () => {
    const disabled = await postern.run('users', 'disable', 'CARL', '--reason', 'left\nthe company');
    expect(disabled).toEqual({ code: 0, signal: null, stdout: 'The account CARL is now DISABLED.\n', stderr: '' });
    expect(objectsIn(await postern.run('users', 'enable', 'carl', '--reason', 'is back', '--json'))).toEqual([
      { username: 'carl', status: 'ACTIVE' },
    ]);
    expect(await rows("select status, auth_version from accounts where username = 'carl'")).toEqual([
      { status: 'ACTIVE', auth_version: 3 },
    ]);
    expect(
      await rows(
        "select type, outcome, detail, reason, actor_id, ip from security_events where account_id = (select id from accounts where username = 'carl') order by id",
      ),
    ).toEqual([
      {
        type: 'USER_STATUS_SET',
        outcome: 'SUCCESS',
        detail: 'DISABLED',
        reason: 'left the company',
        actor_id: null,
        ip: null,
      },
      { type: 'USER_STATUS_SET', outcome: 'SUCCESS', detail: 'ACTIVE', reason: 'is back', actor_id: null, ip: null },
    ]);
    expect(await rows("select data->>'kind' as kind from pgboss.job where name = 'mail'")).toEqual([
      { kind: 'NOTICE' },
      { kind: 'NOTICE' },
    ]);
  });

  test('`postern admin reset-two-factor` removes the second factor, API token and sessions (R-73)', async () => {
    const { code, stdout, stderr } = await postern.run(
      'admin',
      'reset-two-factor',
      'carl',
      '--reason',
      'lost the phone',
    );
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: 'Two-factor authentication is off for carl. Their sessions, API token and access tokens were revoked.\n',
      stderr: '',
    });
    expect(
      await rows(
        "select auth_version > 1 as raised, (select count(*)::int from two_factors) as factors, (select count(*)::int from api_tokens) as tokens from accounts where username = 'carl'",
      ),
    ).toEqual([{ raised: true, factors: 0, tokens: 0 }]);
  });

  test('`postern users show` shows an account and its latest events, with unsafe text escaped (R-98)', async () => {
    await postern.inDatabase((database) =>
      query(
        database,
        "update accounts set email = E'bob\\u202e@example.org', email_key = E'bob\\u202e@example.org' where username = 'bob'",
      ),
    );
    const [facts] = objectsIn(await postern.run('users', 'show', 'BOB', '--json'));
    expect(facts).toEqual({
      id: expect.any(String),
      username: 'bob',
      role: 'ADMIN',
      status: 'ACTIVE',
      email: 'bob\\u202e@example.org',
      createdAt: '2026-11-01T08:00:00.000Z',
      lastLoginAt: null,
      twoFactor: false,
      factors: null,
      sessions: 0,
      lastEvents: [
        {
          at: '2026-11-02T08:00:00.000Z',
          type: 'USER_STATUS_SET',
          outcome: 'SUCCESS',
          ip: '203.0.113.9',
          reason: 'is\\u001b[31m back',
        },
      ],
    });
    const { code, stdout } = await postern.run('users', 'show', facts.id);
    expect(code).toBe(0);
    for (const name of [toGlobalId('User', facts.id), facts.id.toUpperCase(), 'Bob\u202e@Example.org'])
      expect(await postern.run('users', 'show', name)).toMatchObject({ code: 0, stdout });
    expect(stdout).toMatch(
      /^id {12}[0-9a-f-]{36}\nusername {6}bob\nrole {10}ADMIN\nstatus {8}ACTIVE\nemail {9}bob\\u202e@example\.org\n[^]*\ntwoFactor {5}false\nfactors {7}none\nsessions {6}0\n/,
    );
    expect(stdout).toMatch(
      /\n2026-11-02T08:00:00\.000Z {2}USER_STATUS_SET {11}SUCCESS {2}203\.0\.113\.9 {2}is\\u001b\[31m back\n$/,
    );
  });

  test('rejects account commands that break a rule, says why, and changes nothing (R-72)', async () => {
    const why = ['--reason', 'a reason'];
    const said = await userErrorsOf(
      postern,
      ['users', 'show', 'no-such-user'],
      ['users', 'disable', 'no-such-user', ...why],
      ['users', 'enable', '00000000-0000-7000-8000-000000000000', ...why],
      ['users', 'disable', 'bob', '--reason', ' \n'],
      ['users', 'disable', 'bob', '--reason', 'x'.repeat(501)],
      ['users', 'disable', 'ada', ...why],
      ['admin', 'reset-two-factor', 'bob', ...why],
      ['admin', 'reset-two-factor', 'no-such-user', ...why],
      ['users', 'show', toGlobalId('User', '00000000-0000-7000-8000-000000000000')],
      ['users', 'show', 'missing@example.org'],
    );
    expect(said).toEqual([
      'Account no-such-user not found.\n',
      'Account no-such-user not found.\n',
      'Account 00000000-0000-7000-8000-000000000000 not found.\n',
      'Enter a reason.\n',
      'Use at most 500 characters.\n',
      'At least one ROOT must be able to sign in.\n',
      'Two-factor authentication is not turned on.\n',
      'Account no-such-user not found.\n',
      expect.stringMatching(/^Account user_\w{22} not found\.\n$/),
      'Account missing@example.org not found.\n',
    ]);
  });

  test('acts on the account of an ID when another one has the ID as its username', async () => {
    const [facts] = objectsIn(await postern.run('users', 'show', 'bob', '--json'));
    const id = toGlobalId('User', facts.id);
    const rename = (username: string, from: string) =>
      postern.inDatabase((database) =>
        query(database, 'update accounts set username = ? where username = ?', [username, from]),
      );
    await rename(id, 'carl');
    expect(objectsIn(await postern.run('users', 'show', id, '--json'))[0]).toMatchObject({ username: 'bob' });
    await rename('carl', id);
  });

  test('shows the usage text for a missing or invalid argument, and changes nothing', async () => {
    const said = await userErrorsOf(
      postern,
      ['users', 'disable', 'bob'],
      ['users', 'show'],
      ['users', 'list', '--role', 'KING'],
      ['admin', 'reset-two-factor', 'bob'],
      ['service', 'create'],
      ['users', 'list', '--no-such-option'],
    );
    expect(said.map((text) => text.split('\n')[0])).toEqual([
      "error: required option '--reason <text>' not specified",
      "error: missing required argument 'account'",
      "error: option '--role <role>' argument 'KING' is invalid. Allowed choices are USER, ADMIN, ROOT, SERVICE.",
      "error: required option '--reason <text>' not specified",
      "error: required option '--username <name>' not specified",
      "error: unknown option '--no-such-option'",
    ]);
    for (const text of said) expect(text).toContain('Usage: postern ');
  });

  test('`postern service create` creates a service account and shows its token once (R-62)', async () => {
    const [made] = objectsIn(await postern.run('service', 'create', '--username', 'Gateway', '--json'));
    expect(made).toEqual({ username: 'gateway', role: 'SERVICE', token: expect.stringMatching(/^pat_\w{40,}$/) });
    const again = await postern.run('service', 'create', '--username', 'gateway-2');
    expect({ ...again, stdout: again.stdout.split('\n') }).toEqual({
      code: 0,
      signal: null,
      stderr: '',
      stdout: [
        "Created the SERVICE account gateway-2. This is its API token. It won't be shown again:",
        expect.stringMatching(/^pat_\w{40,}$/),
        '',
      ],
    });
    expect(
      await userErrorsOf(
        postern,
        ['service', 'create', '--username', 'GATEWAY'],
        ['service', 'create', '--username', 'a b'],
      ),
    ).toEqual([
      'This username is already in use.\n',
      'Use 3–32 characters: letters, numbers, and . _ - in the middle.\n',
    ]);
    const server = await startServer(postern.settings);
    const gateway = Object.assign(server.client(), { token: made.token as string });
    expect((await gateway.send('{ me { username role } }')).data).toEqual({
      me: { username: 'gateway', role: 'SERVICE' },
    });
    await server.process.stop();
  });

  test('`postern passkeys drop` deletes those of a previous RP ID, and rejects one that no passkey has', async () => {
    await postern.inDatabase((database) => addUnusablePasskeys(database, 'bob', 2));
    await postern.inDatabase((database) => query(database, "update passkeys set rp_id = 'old.example.org'"));
    const unknown = await postern.run('passkeys', 'drop', '--rp-id', 'new.example.org');
    expect(unknown).toMatchObject({ code: 1, stdout: '' });
    expect(unknown.stderr).toContain(
      'No passkey has the RP ID new.example.org. There are passkeys of: old.example.org.',
    );
    expect(await rows('select 1 from passkeys')).toHaveLength(2);
    expect(objectsIn(await postern.run('passkeys', 'drop', '--rp-id', 'old.example.org', '--json'))).toEqual([
      { rpId: 'old.example.org', passkeys: 2, accounts: 1, turnedOff: 1 },
    ]);
    expect(await rows('select 1 from passkeys')).toEqual([]);
    expect(
      await rows("select type from security_events where type = 'PASSKEY_REMOVED' and actor_id is null"),
    ).toHaveLength(2);
  });
}
