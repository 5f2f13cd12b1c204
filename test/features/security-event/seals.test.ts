import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { v7 } from 'uuid';
import { hours } from '../../../src/duration.js';
import { newMasterKey, parseKeyRing } from '../../../src/crypto/key-ring.js';
import { fork } from '../../../src/database/connection/database.js';
import { newId } from '../../../src/database/connection/id.js';
import { disabledMailbox } from '../../../src/features/mail/mailbox.js';
import { toMicros, signEvent } from '../../../src/features/security-event/event-digest.js';
import { renewSeals } from '../../../src/features/security-event/renew-seals.js';
import { recordEvent } from '../../../src/features/security-event/record-event.js';
import { sealEvents, EVENTS_PER_SEAL, LATE_COMMIT_MS } from '../../../src/features/security-event/seal-events.js';
import { sealAndReport } from '../../../src/features/security-event/seal-and-report.js';
import { verifyEvents } from '../../../src/features/security-event/verify-events.js';
import { MAXIMUM_FAULTS } from '../../../src/features/security-event/verify-seal.js';
import { query } from '../../support/database.js';
import { newUser } from '../../support/users.js';
import { startPostern, testSettings, type TestPostern } from '../../support/postern.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());
beforeEach(() => past('truncate security_events, event_seals'));

const keys = parseKeyRing(testSettings.ENCRYPTION_KEYS);
const seal = (ring = keys) => sealEvents(fork(postern.database), ring, postern.clock.read);
const verify = (messages: string | null = null, ring = keys) => {
  const [number, hash] = messages?.split(':') ?? [];
  return verifyEvents(postern.database, ring, number && hash ? { number: Number(number), hash } : null);
};
const faults = async (messages?: string) => (await verify(messages)).faults;

/** Runs statements with the triggers disabled, as the owner of the tables can. */
async function past(...statements: string[]): Promise<void> {
  for (const table of ['security_events', 'event_seals'])
    await query(postern.database, `alter table ${table} disable trigger all`);
  for (const statement of statements) await query(postern.database, statement);
  for (const table of ['security_events', 'event_seals'])
    await query(postern.database, `alter table ${table} enable trigger all`);
}

/** Records an event as a request does. @returns its id */
async function happen(reason: string | null = null): Promise<string> {
  const now = postern.clock.read();
  const caller = { ip: '203.0.113.9', userAgent: 'Mozilla/5.0 “x” 漢', requestId: newId(now) };
  await recordEvent(
    { em: fork(postern.database), caller, now, keys, mail: disabledMailbox },
    { type: 'LOGIN_FAILED', outcome: 'REFUSED', accountId: null, reason },
  );
  const [row] = await query<{ id: string }>(postern.database, 'select id from security_events where request_id = ?', [
    caller.requestId,
  ]);
  return row!.id;
}

/** Commits an event after its creation time, when newer ones may already be sealed. @returns its id */
async function happenLate(milliseconds: number): Promise<string> {
  const at = new Date(postern.clock.read().getTime() - milliseconds);
  const event = {
    id: v7({ msecs: at.getTime() }),
    type: 'LOGIN_FAILED',
    outcome: 'REFUSED',
    accountId: null,
    actorId: null,
    sessionId: null,
    accessTokenId: null,
    ip: null,
    userAgent: null,
    requestId: 'late',
    traceId: null,
    reason: null,
    detail: null,
  };
  const mac = signEvent(keys, { ...event, atMicros: toMicros(at) });
  await query(
    postern.database,
    'insert into security_events (id, at, type, outcome, request_id, mac) values (?, ?, ?, ?, ?, ?)',
    [event.id, at.toISOString(), event.type, event.outcome, event.requestId, mac],
  );
  return event.id;
}

/** Two seals of three events each. */
async function sixEvents(): Promise<string[]> {
  const ids: string[] = [];
  for (const _ of [1, 2]) {
    for (let event = 0; event < 3; event += 1) ids.push(await happen());
    await seal();
    postern.clock.advance({ minutes: 1 });
  }
  return ids;
}

test.each([
  ['changed', "update security_events set outcome = 'SUCCESS'"],
  ['removed', 'delete from security_events'],
  ['emptied', 'truncate security_events'],
  ['changed', 'update event_seals set number = number + 1'],
  ['removed', 'delete from event_seals'],
  ['emptied', 'truncate event_seals'],
])('prevents security events and seals from being %s by SQL: %s (R-97)', async (_, statement) => {
  await sixEvents();
  const everything = async () => [
    await query(postern.database, 'select * from security_events order by id'),
    await query(postern.database, 'select * from event_seals order by number'),
  ];
  const before = await everything();
  await expect(query(postern.database, statement)).rejects.toThrow(/append-only|stay as they are/);
  expect(await everything()).toEqual(before);
});

test('seals every security event once, with one seal per run and no fault (R-97)', async () => {
  const { client } = await newUser(postern);
  await client.send('mutation { logout { userErrors { code } } }');
  const first = await seal();
  expect(first).toEqual({
    seals: [{ number: 1, hash: expect.any(String), events: expect.any(Number) }],
    unverified: 0,
  });
  expect(await seal()).toEqual({ seals: [], unverified: 0 });
  await newUser(postern);
  const second = await seal();
  expect(second.seals.map(({ number }) => number)).toEqual([2]);
  const [{ count }] = (await query<{ count: string }>(postern.database, 'select count(*) from security_events')) as [
    { count: string },
  ];
  expect(await verify(`2:${second.seals[0]!.hash}`)).toEqual({
    faults: [],
    seals: 2,
    sealedEvents: Number(count),
    unsealedEvents: 0,
    lastSeal: `2:${second.seals[0]!.hash}`,
    deletedThrough: null,
  });
});

test('seals new security events even if the last seal is dated in the future (R-97)', async () => {
  const first = await happen();
  await sealEvents(fork(postern.database), keys, () => new Date(postern.clock.read().getTime() + hours(2)));
  postern.clock.advance({ minutes: 1 });
  const second = await happen();
  expect((await seal()).seals).toMatchObject([{ number: 2, events: 1 }]);
  const rows = await query<{ ids: string[] }>(
    postern.database,
    'select event_ids as ids from event_seals order by number',
  );
  expect(rows.map(({ ids }) => ids)).toEqual([[first], [second]]);
  // An unsigned event is authentic only before the first seal, whatever its date.
  await past(`update security_events set mac = null where id = '${second}'`);
  await past('delete from event_seals where number = 2');
  expect(await seal()).toMatchObject({ seals: [], unverified: 1 });
});

test('reports unsealed security events as waiting, not as a fault (R-97)', async () => {
  expect(await verify()).toEqual({
    faults: [],
    seals: 0,
    sealedEvents: 0,
    unsealedEvents: 0,
    lastSeal: null,
    deletedThrough: null,
  });
  await sixEvents();
  await happen();
  expect(await verify()).toMatchObject({ faults: [], sealedEvents: 6, unsealedEvents: 1 });
});

test.each([
  ['type', "'LOGIN_SUCCEEDED'"],
  ['outcome', "'SUCCESS'"],
  ['at', "at + interval '1 microsecond'"],
  ['ip', 'null'],
  ['user_agent', "''"],
  ['request_id', "'other'"],
  ['trace_id', "'4bf92f3577b34da6a3ce929d0e0e4736'"],
  ['reason', "'because'"],
  ['detail', "''"],
  ['account_id', "'00000000-0000-7000-8000-000000000000'"],
  ['actor_id', "'00000000-0000-7000-8000-000000000000'"],
  ['session_id', "'00000000-0000-7000-8000-000000000000'"],
  ['access_token_id', "'00000000-0000-7000-8000-000000000000'"],
])('reports each security event whose %s was changed, in order (R-97)', async (column, value) => {
  const ids = await sixEvents();
  await past(`update security_events set ${column} = ${value} where id in ('${ids[4]}', '${ids[1]}')`);
  expect(await faults()).toEqual([
    { kind: 'EVENT_CHANGED', event: ids[1], seal: 1 },
    { kind: 'EVENT_CHANGED', event: ids[4], seal: 2 },
  ]);
});

test('seals every column of a security event except its signature (R-97)', async () => {
  const columns = await query<{ column_name: string }>(
    postern.database,
    "select column_name from information_schema.columns where table_name = 'security_events'",
  );
  expect(columns.map(({ column_name }) => column_name).sort()).toEqual([
    'access_token_id',
    'account_id',
    'actor_id',
    'at',
    'detail',
    'id',
    'ip',
    'mac',
    'outcome',
    'reason',
    'request_id',
    'session_id',
    'trace_id',
    'type',
    'user_agent',
  ]);
});

test('reports a removed security event, whether first, in the middle or last (R-97)', async () => {
  for (const [place, number] of [
    [0, 1],
    [2, 1],
    [5, 2],
  ] as const) {
    await past('truncate security_events, event_seals');
    const ids = await sixEvents();
    await past(`delete from security_events where id = '${ids[place]}'`);
    expect(await faults()).toEqual([{ kind: 'EVENT_REMOVED', event: ids[place], seal: number }]);
  }
});

test('reports a security event that Postern didn’t write, and never seals it (R-97)', async () => {
  const ids = await sixEvents();
  const [earlier, now] = ['01890000-0000-7000-8000-000000000001', newId(postern.clock.read())];
  await past(
    `insert into security_events (id, at, type, outcome, request_id) values ('${earlier}', now(), 'REGISTERED', 'SUCCESS', 'x')`,
    `insert into security_events select '${now}', at, type, outcome, account_id, actor_id, session_id, ip, user_agent, request_id, reason, detail, mac from security_events where id = '${ids[5]}'`,
  );
  const inserted = [earlier, now].map((event) => ({ kind: 'EVENT_INSERTED', event }));
  expect(await faults()).toEqual(inserted);
  expect(await seal()).toEqual({ seals: [], unverified: 1 });
  expect(await sealEvents(fork(postern.database), keys, postern.clock.read, true)).toEqual({
    seals: [],
    unverified: 2,
  });
  const genuine = await happen();
  expect((await seal()).seals).toMatchObject([{ number: 3, events: 1 }]);
  expect(await query(postern.database, 'select event_ids from event_seals where number = 3')).toEqual([
    { event_ids: [genuine] },
  ]);
  expect(await faults()).toEqual(inserted);
});

test('detects a change to a security event that isn’t sealed yet (R-97)', async () => {
  await sixEvents();
  const id = await happen();
  await past(`update security_events set ip = '198.51.100.1' where id = '${id}'`);
  expect(await faults()).toEqual([{ kind: 'EVENT_INSERTED', event: id }]);
});

test('reports a moved security event with its new position, and two swapped events (R-97)', async () => {
  const ids = await sixEvents();
  const moved = newId(postern.clock.read());
  await past(`update security_events set id = '${moved}' where id = '${ids[1]}'`);
  expect(await faults()).toEqual([{ kind: 'EVENT_MOVED', event: ids[1], movedTo: moved, seal: 1 }]);
  await past(`update security_events set id = '${ids[1]}' where id = '${moved}'`);
  expect(await faults()).toEqual([]);
  const spare = '00000000-0000-7000-8000-000000000001';
  await past(
    `update security_events set id = '${spare}' where id = '${ids[3]}'`,
    `update security_events set id = '${ids[3]}' where id = '${ids[4]}'`,
    `update security_events set id = '${ids[4]}' where id = '${spare}'`,
  );
  expect(await faults()).toEqual([
    { kind: 'EVENT_MOVED', event: ids[3], movedTo: ids[4], seal: 2 },
    { kind: 'EVENT_MOVED', event: ids[4], movedTo: ids[3], seal: 2 },
  ]);
});

test('detects removed last events by the last logged seal, even after new seals (R-97)', async () => {
  const ids = await sixEvents();
  const [, second] = await query<{ number: number; hash: string }>(
    postern.database,
    'select number, hash from event_seals order by number',
  );
  const messages = `${second!.number}:${second!.hash}`;
  expect(await faults(messages)).toEqual([]);
  await past('delete from event_seals where number = 2', `delete from security_events where id >= '${ids[3]}'`);
  expect(await faults()).toEqual([]);
  expect(await faults(messages)).toEqual([{ kind: 'SEAL_CUT', seal: 2 }]);
  await happen();
  await seal();
  expect(await faults()).toEqual([]);
  expect(await faults(messages)).toEqual([{ kind: 'SEAL_DIFFERS', seal: 2 }]);
});

test('detects, by the next seal, that an older seal replaced a newer one (R-97)', async () => {
  const ids = await sixEvents();
  await past(
    'create table kept_seals as select * from event_seals where number = 2',
    `create table kept_events as select * from security_events where id >= '${ids[3]}'`,
  );
  await past('delete from event_seals where number = 2', `delete from security_events where id >= '${ids[3]}'`);
  for (const _ of [2, 3]) {
    await happen();
    await seal();
  }
  expect(await faults()).toEqual([]);
  await past(
    'delete from security_events where id in (select unnest(event_ids) from event_seals where number = 2)',
    'delete from event_seals where number = 2',
    'insert into event_seals select * from kept_seals',
    'insert into security_events select * from kept_events',
    'drop table kept_seals, kept_events',
  );
  expect(await faults()).toEqual([{ kind: 'SEAL_CHANGED', seal: 3 }]);
});

test.each([
  ['removed', 'delete from event_seals where number = 1', { kind: 'SEAL_REMOVED', seal: 1 }],
  [
    'changed to fit a changed event',
    "update event_seals set event_digests = array['x', 'y', 'z'] where number = 1",
    { kind: 'SEAL_CHANGED', seal: 1 },
  ],
  [
    'given the code of another',
    'update event_seals set mac = (select mac from event_seals where number = 2) where number = 1',
    { kind: 'SEAL_CHANGED', seal: 1 },
  ],
  [
    'dated otherwise',
    "update event_seals set sealed_at = sealed_at - interval '1 hour' where number = 2",
    { kind: 'SEAL_CHANGED', seal: 2 },
  ],
])('reports a seal of security events that was %s (R-97)', async (_, statement, fault) => {
  await sixEvents();
  await past(statement);
  expect((await faults())[0]).toEqual(fault);
});

test('detects a chain of seals that was rebuilt without the keys (R-97)', async () => {
  const ids = await sixEvents();
  await past('truncate event_seals', `delete from security_events where id = '${ids[2]}'`);
  await seal(parseKeyRing(`test:${newMasterKey(new Date()).split(':')[1]}`));
  expect((await query(postern.database, 'select * from event_seals')).length).toBe(0);
  await seal();
  const [{ mac }] = (await query<{ mac: string }>(postern.database, 'select mac from event_seals')) as [
    { mac: string },
  ];
  await past(`update event_seals set mac = '${mac.slice(0, -2)}AA'`);
  expect(await faults()).toEqual([{ kind: 'SEAL_CHANGED', seal: 1 }]);
});

test('seals events committed up to ten minutes late in the next run, others in a full run (R-97)', async () => {
  await sixEvents();
  const late = await happenLate(5 * 60_000);
  expect((await seal()).seals).toMatchObject([{ number: 3, events: 1 }]);
  expect(await verify()).toMatchObject({ faults: [], sealedEvents: 7, unsealedEvents: 0 });
  const [row] = await query<{ event_ids: string[] }>(
    postern.database,
    'select event_ids from event_seals where number = 3',
  );
  expect(row!.event_ids).toEqual([late]);
  postern.clock.advance({ minutes: 30 });
  await happen();
  await seal();
  await happenLate(LATE_COMMIT_MS + 1_000);
  expect((await seal()).seals).toEqual([]);
  expect(await verify()).toMatchObject({ faults: [], unsealedEvents: 1 });
  expect((await sealEvents(fork(postern.database), keys, postern.clock.read, true)).seals).toMatchObject([
    { events: 1 },
  ]);
  expect(await verify()).toMatchObject({ faults: [], unsealedEvents: 0 });
});

test('creates several seals in one run if there are more events than one seal holds (R-97)', async () => {
  await query(
    postern.database,
    `insert into security_events (id, at, type, outcome, request_id)
    select ('01890000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, now(), 'LOGIN_FAILED', 'REFUSED', 'r' from generate_series(1, ${2 * EVENTS_PER_SEAL + 500}) n`,
  );
  expect((await seal()).seals.map(({ events }) => events)).toEqual([EVENTS_PER_SEAL, EVENTS_PER_SEAL, 500]);
  expect(await verify()).toMatchObject({ faults: [], seals: 3, sealedEvents: 2_500, unsealedEvents: 0 });
  await past('truncate security_events');
  expect(await faults()).toHaveLength(MAXIMUM_FAULTS);
});

test('seals unsigned events of older versions in the first run only (R-97)', async () => {
  const unsigned = (id: string) =>
    query(
      postern.database,
      `insert into security_events (id, at, type, outcome, request_id) values ('${id}', now(), 'LOGIN_FAILED', 'REFUSED', 'r')`,
    );
  await unsigned('01890000-0000-7000-8000-000000000001');
  await happen();
  expect(await verify()).toMatchObject({ faults: [], unsealedEvents: 2 });
  expect((await seal()).seals).toMatchObject([{ events: 2 }]);
  await unsigned('01890000-0000-7000-8000-000000000002');
  expect(await faults()).toEqual([{ kind: 'EVENT_INSERTED', event: '01890000-0000-7000-8000-000000000002' }]);
});

test('keeps the chain of seals valid when an account is deleted (R-97)', async () => {
  const { username } = await newUser(postern);
  await seal();
  await query(postern.database, 'delete from accounts where username = ?', [username]);
  expect(await faults()).toEqual([]);
});

test('seals a reason with any characters exactly as the database stores it (R-97)', async () => {
  await happen('“quoted” \ud800 \\ \u202e 漢字 \n');
  await seal();
  expect(await faults()).toEqual([]);
});

test('seals waiting events and re-signs every seal on key rotation (R-92, R-97)', async () => {
  const ids = await sixEvents();
  await happen();
  const messages = (await verify()).lastSeal!;
  const ring = parseKeyRing(`${newMasterKey(new Date())},${testSettings.ENCRYPTION_KEYS}`);
  expect((await verify(null, [ring[0]])).faults.map(({ kind }) => kind)).toEqual([
    'SEAL_KEY_MISSING',
    'SEAL_KEY_MISSING',
    'EVENT_KEY_MISSING',
  ]);
  expect(await renewSeals(fork(postern.database), ring, postern.clock.read)).toEqual({
    created: [expect.objectContaining({ number: 3, events: 1 })],
    renewed: 2,
    remaining: 0,
  });
  expect(await verify(messages, [ring[0]])).toMatchObject({ faults: [], seals: 3, sealedEvents: 7 });
  expect(await renewSeals(fork(postern.database), ring, postern.clock.read)).toEqual({
    created: [],
    renewed: 0,
    remaining: 0,
  });
  await past(`update security_events set ip = null where id = '${ids[0]}'`);
  expect((await verify(messages, [ring[0]])).faults).toEqual([{ kind: 'EVENT_CHANGED', event: ids[0], seal: 1 }]);
});

test('leaves an altered seal unsigned on key rotation and reports it (R-92, R-97)', async () => {
  await sixEvents();
  await past("update event_seals set hash = 'x' where number = 1");
  const ring = parseKeyRing(`${newMasterKey(new Date())},${testSettings.ENCRYPTION_KEYS}`);
  expect(await renewSeals(fork(postern.database), ring, postern.clock.read)).toEqual({
    created: [],
    renewed: 1,
    remaining: 1,
  });
  expect((await verify(null, ring)).faults).toContainEqual({ kind: 'SEAL_CHANGED', seal: 1 });
});

test('logs forged events, and each seal in the format of `postern events verify --seal` (R-97)', async () => {
  await happen();
  postern.log.length = 0;
  const { logger } = postern.app.dependencies;
  await sealAndReport(fork(postern.database), keys, postern.clock.read, logger);
  const messages = postern.log.map((line) => JSON.parse(line)).find(({ msg }) => msg === 'security events sealed');
  expect(messages).toMatchObject({ seal: (await verify()).lastSeal, events: 1 });
  expect(await faults(messages.seal)).toEqual([]);
  await query(
    postern.database,
    `insert into security_events (id, at, type, outcome, request_id) values ('${newId(postern.clock.read())}', now(), 'REGISTERED', 'SUCCESS', 'x')`,
  );
  await sealAndReport(fork(postern.database), keys, postern.clock.read, logger);
  expect(postern.log.map((line) => JSON.parse(line))).toContainEqual(
    expect.objectContaining({ level: 50, unverified: 1 }),
  );
});

test('verifies all security events without a statement timeout (R-97)', async () => {
  await sixEvents();
  await query(postern.database, "set statement_timeout = '5s'");
  await query(
    postern.database,
    `create function limit_of_time() returns boolean language plpgsql as $$ begin
    if current_setting('statement_timeout') <> '0' then raise 'this statement may take % only', current_setting('statement_timeout'); end if; return true; end $$`,
  );
  for (const table of ['security_events', 'event_seals']) {
    await query(postern.database, `alter table ${table} rename to ${table}_away`);
    await query(postern.database, `create view ${table} as select * from ${table}_away where limit_of_time()`);
  }
  try {
    expect(await verify()).toMatchObject({ faults: [], sealedEvents: 6 });
  } finally {
    for (const table of ['security_events', 'event_seals']) {
      await query(postern.database, `drop view ${table}`);
      await query(postern.database, `alter table ${table}_away rename to ${table}`);
    }
    await query(postern.database, 'reset statement_timeout');
  }
});
