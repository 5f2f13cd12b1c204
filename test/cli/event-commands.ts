import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parseKeyRing } from '../../src/crypto/key-ring.js';
import { fork, type Database } from '../../src/database/connection/database.js';
import { disabledMailbox } from '../../src/features/mail/mailbox.js';
import { recordEvent } from '../../src/features/security-event/record-event.js';
import type { SecurityEventType } from '../../src/features/security-event/security-event.entity.js';
import { query } from '../support/database.js';
import { testSettings } from '../support/postern.js';
import { objectsIn, userErrorsOf, type Installation, type OpenInstallation } from './installation.js';

const keys = parseKeyRing(testSettings.ENCRYPTION_KEYS);
const accountId = '01890000-0000-7000-8000-000000000001';

/** Events of three days: without an account, of Ada, and of Ada with a reason. */
const happened: readonly (readonly [
  day: number,
  type: SecurityEventType,
  accountId: string | null,
  userAgent: string | null,
  reason: string | null,
])[] = [
  [1, 'LOGIN_FAILED', null, '=HYPERLINK("http://evil.example")', null],
  [2, 'LOGIN_SUCCEEDED', accountId, 'curl/8.5\u001b[31m, “red”', null],
  [3, 'USER_STATUS_SET', accountId, null, '@SUM(A1)\u202e'],
];

async function happen(database: Database): Promise<void> {
  await query(
    database,
    "insert into accounts (id, username, role, status, created_at, password_hash) values (?, 'ada', 'ROOT', 'ACTIVE', now(), 'x')",
    [accountId],
  );
  for (const [day, type, owner, userAgent, reason] of happened) {
    const context = {
      em: fork(database),
      caller: { ip: '203.0.113.9', userAgent, requestId: `request-${day}` },
      now: new Date(`2026-11-0${day}T08:00:00Z`),
      keys,
      mail: disabledMailbox,
    };
    await recordEvent(context, {
      type,
      outcome: type === 'LOGIN_FAILED' ? 'REFUSED' : 'SUCCESS',
      accountId: owner,
      reason,
    });
  }
}

/** Changes the record with its triggers disabled, as the owner of the tables can. */
async function tamper(database: Database, statement: string): Promise<void> {
  for (const state of ['disable', 'enable']) {
    if (state === 'enable') await query(database, statement);
    for (const table of ['security_events', 'event_seals'])
      await query(database, `alter table ${table} ${state} trigger all`);
  }
}

/** Tests of the commands that export, seal and verify security events. */
export function describeEventCommands(open: OpenInstallation): void {
  let postern: Installation;
  beforeAll(async () => {
    postern = await open();
    await postern.inDatabase(happen);
  });
  afterAll(() => postern.end());

  test('`postern events export` writes JSON lines, oldest first, with unsafe text escaped (R-98)', async () => {
    const events = objectsIn(await postern.run('events', 'export'));
    expect(events.map(({ type }) => type)).toEqual(['LOGIN_FAILED', 'LOGIN_SUCCEEDED', 'USER_STATUS_SET']);
    expect(events[1]).toEqual({
      id: expect.any(String),
      at: '2026-11-02T08:00:00.000Z',
      type: 'LOGIN_SUCCEEDED',
      outcome: 'SUCCESS',
      accountId,
      username: 'ada',
      actorId: accountId,
      actorUsername: 'ada',
      reason: null,
      detail: null,
      ip: '203.0.113.9',
      userAgent: 'curl/8.5\\u001b[31m, “red”',
      sessionId: null,
      requestId: 'request-2',
      traceId: null,
    });
    expect(events[0]).toMatchObject({
      accountId: null,
      username: null,
      userAgent: '=HYPERLINK("http://evil.example")',
    });
  });

  test('`postern events export` filters events, and writes CSV without spreadsheet formulas (R-98)', async () => {
    const csv = await postern.run('events', 'export', '--format', 'csv', '--type', 'login_failed, USER_STATUS_SET');
    const [head, first, second, end] = csv.stdout.split('\r\n');
    expect([csv.code, csv.stderr, end]).toEqual([0, '', '']);
    expect(head).toBe(
      'id,at,type,outcome,accountId,username,actorId,actorUsername,reason,detail,ip,userAgent,sessionId,requestId,traceId',
    );
    expect(first).toMatch(
      /^[0-9a-f-]{36},2026-11-01T08:00:00\.000Z,LOGIN_FAILED,REFUSED,,,,,,,203\.0\.113\.9,"'=HYPERLINK\(""http:\/\/evil\.example""\)",,request-1,$/,
    );
    expect(second).toContain(",ada,'@SUM(A1)\\u202e,,");
    const days = async (...choice: string[]) =>
      objectsIn(await postern.run('events', 'export', ...choice)).map(({ at }) => at.slice(8, 10));
    expect(await days('--from', '2026-11-02', '--to', '2026-11-03T08:00:00Z')).toEqual(['02']);
    expect(await days('--user', 'ADA', '--type', 'LOGIN_SUCCEEDED')).toEqual(['02']);
    expect(await days('--user', accountId, '--from', '2026-12-01')).toEqual([]);
  });

  test('rejects invalid options of `events export` and `verify`, says why, and changes nothing', async () => {
    const said = await userErrorsOf(
      postern,
      ['events', 'export', '--user', 'no-such-user'],
      ['events', 'export', '--from', 'yesterday'],
      ['events', 'export', '--to', '2026-13-01'],
      ['events', 'export', '--type', 'LOGIN'],
      ['events', 'export', '--format', 'xml'],
      ['events', 'verify', '--seal', '1207'],
      ['events', 'verify', '--seal', `0:${'x'.repeat(43)}`],
    );
    expect(said.map((text) => text.split('\n')[0])).toEqual([
      'Account no-such-user not found.',
      "error: option '--from <time>' argument 'yesterday' is invalid. Enter a date or a time, such as 2026-11-01 or 2026-11-01T08:00:00Z.",
      "error: option '--to <time>' argument '2026-13-01' is invalid. Enter a date or a time, such as 2026-11-01 or 2026-11-01T08:00:00Z.",
      expect.stringContaining("argument 'LOGIN' is invalid. Unknown type LOGIN. Valid types: SETUP_COMPLETED, "),
      "error: option '--format <format>' argument 'xml' is invalid. Allowed choices are json, jsonl, csv.",
      "error: option '--seal <number:hash>' argument '1207' is invalid. Enter a seal as the log shows it: number:hash.",
      expect.stringContaining('Enter a seal as the log shows it: number:hash.'),
    ]);
  });

  test('`postern events seal` seals waiting events, and `verify` then finds no fault (R-97)', async () => {
    expect(objectsIn(await postern.run('events', 'verify', '--json'))).toEqual([
      { faults: [], seals: 0, sealedEvents: 0, unsealedEvents: 3, lastSeal: null, deletedThrough: null },
    ]);
    const sealed = await postern.run('events', 'seal');
    expect(sealed).toEqual({
      code: 0,
      signal: null,
      stdout: expect.stringMatching(/^Sealed 3 events: 1:[\w-]{43}\n$/),
      stderr: '',
    });
    expect(await postern.run('events', 'seal')).toMatchObject({ code: 0, stdout: 'All events are already sealed.\n' });
    const seal = /1:[\w-]{43}/.exec(sealed.stdout)![0];
    expect(await postern.run('events', 'verify', '--seal', seal)).toEqual({
      code: 0,
      signal: null,
      stdout: `No tampering found. 1 seal, 3 sealed events, 0 events not sealed yet. Last seal: ${seal}.\n`,
      stderr: '',
    });
  });

  test('`postern events verify` reports tampered events, and `seal` rejects forged ones (R-97)', async () => {
    const [row] = await postern.inDatabase((database) =>
      query<{ id: string }>(database, 'select id from security_events order by id limit 1'),
    );
    await postern.inDatabase((database) =>
      tamper(database, `update security_events set ip = null where id <> '${row!.id}'`),
    );
    await postern.inDatabase((database) =>
      query(
        database,
        "insert into security_events (id, at, type, outcome, request_id) values ('01890000-0000-7000-8000-000000000009', now(), 'REGISTERED', 'SUCCESS', 'forged')",
      ),
    );
    const first = await postern.run('events', 'verify');
    expect(first).toMatchObject({
      code: 2,
      stderr: '',
      stdout: expect.stringMatching(
        /^Event [0-9a-f-]{36} was changed after seal 1 covered it\.\nTampering found: 3 faults\. 1 seal, 3 sealed events, 0 events not sealed yet\. Last seal: 1:[\w-]{43}\.\n$/,
      ),
    });
    const [all] = objectsIn(await postern.run('events', 'verify', '--all', '--seal', `2:${'x'.repeat(43)}`, '--json'));
    expect(all.faults.map(({ kind }: { kind: string }) => kind)).toEqual([
      'EVENT_CHANGED',
      'EVENT_CHANGED',
      'SEAL_CUT',
      'EVENT_INSERTED',
    ]);
    expect(all.faults[2].message).toBe(
      'Seal 2 is in the log but not in the database. It was deleted, with every seal and event after it.',
    );
    expect(await postern.run('events', 'seal')).toMatchObject({
      code: 1,
      stdout: 'All events are already sealed.\n',
      stderr: '1 event not written by Postern and not sealed. Run "postern events verify --all" to list them.\n',
    });
  });
}
