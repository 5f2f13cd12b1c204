import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { newMasterKey, parseKeyRing } from '../../../src/crypto/key-ring.js';
import { fork } from '../../../src/database/connection/database.js';
import { toSyslogConfig } from '../../../src/config/syslog-config.js';
import { renewSeals } from '../../../src/features/security-event/renew-seals.js';
import { deleteOldEvents } from '../../../src/features/security-event/retention/delete-old-events.js';
import type { LoggedSeal } from '../../../src/features/security-event/verify-seal.js';
import { verifyEvents } from '../../../src/features/security-event/verify-events.js';
import { query } from '../../support/database.js';
import { startPostern, testSettings, type TestPostern } from '../../support/postern.js';
import { forgetEvents, keys, recordAt, sealAt, tamper } from './recording.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());
beforeEach(() => forgetEvents(postern.database));

/** A time in a month of 2026. */
const month = (number: number, day = 10) => new Date(Date.UTC(2026, number - 1, day, 8));
const NOW = month(11, 20);
const syslog = toSyslogConfig('tls://siem.example', 'https://account.example.org');

/** Keeps September to November, or so many months. @returns what was logged */
async function keep(eventRetentionMonths = 2, sentTo: typeof syslog | null = null): Promise<unknown[]> {
  const logged: unknown[] = [];
  const config = { eventRetentionMonths, syslog: sentTo };
  const logger = { error: (fields: object) => logged.push(fields) };
  await deleteOldEvents({ em: fork(postern.database), keys, now: NOW, config, logger: logger as never });
  return logged;
}

const verify = (logged: LoggedSeal | null = null, ring = keys) => verifyEvents(postern.database, ring, logged);
const faults = async (logged: LoggedSeal | null = null) => (await verify(logged)).faults;
const numbers = async () =>
  (await query<{ number: number }>(postern.database, 'select number from event_seals order by 1')).map(
    ({ number }) => number,
  );
const count = async () => (await query(postern.database, 'select id from security_events')).length;

/** A seal of two events in each month from June to November, with the numbers 1 to 6. */
async function sixMonths() {
  const seals = [];
  for (let number = 6; number <= 11; number += 1) seals.push(await sealAt(postern.database, month(number)));
  return seals;
}

test('deletes sealed events before the first month to keep, and verifies the rest (R-97)', async () => {
  const seals = await sixMonths();
  expect(await keep()).toEqual([]);
  expect(await numbers()).toEqual([4, 5, 6]);
  expect(await verify(seals[5]!.seal)).toMatchObject({
    faults: [],
    seals: 3,
    sealedEvents: 6,
    unsealedEvents: 0,
    deletedThrough: month(8),
  });
  await keep(1);
  expect(await numbers()).toEqual([5, 6]);
  expect(await query(postern.database, 'select number, events from event_anchors')).toEqual([{ number: 4, events: 2 }]);
  expect(await faults(seals[3]!.seal)).toEqual([]);
  expect(await faults({ number: 4, hash: 'x'.repeat(43) })).toEqual([{ kind: 'SEAL_DIFFERS', seal: 4 }]);
});

test('keeps every event with a retention of 0, and a month until its last event is old enough', async () => {
  await sixMonths();
  await keep(0);
  await keep(5);
  expect(await numbers()).toEqual([1, 2, 3, 4, 5, 6]);
});

test('keeps the newest complete seal, which the next one continues, and what is not sealed (R-97)', async () => {
  await sealAt(postern.database, month(1));
  await sealAt(postern.database, month(2));
  await recordAt(postern.database, month(3));
  await keep();
  expect([await numbers(), await count()]).toEqual([[2], 3]);
  expect((await sealAt(postern.database, NOW, 1)).seal).toMatchObject({ number: 3 });
  expect(await faults()).toEqual([]);
});

test('deletes any number of seals, five in a transaction', async () => {
  for (let day = 1; day <= 13; day += 1) await sealAt(postern.database, month(6, day), 1);
  await keep();
  expect([await numbers(), await count()]).toEqual([[13], 1]);
  expect(await faults()).toEqual([]);
});

test('keeps the events of listed deliveries to webhooks, and all after them (R-126)', async () => {
  const seals = await sixMonths();
  const insert = `insert into webhook_deliveries (id, webhook_id, event_id, event_type, at, status, attempts)
    values (gen_random_uuid(), gen_random_uuid(), ?, 'LOGIN_FAILED', ?, 'PENDING', 1)`;
  await query(postern.database, insert, [seals[1]!.ids[0], month(7)]);
  await keep();
  expect(await numbers()).toEqual([2, 3, 4, 5, 6]);
  await query(postern.database, 'delete from webhook_deliveries');
});

test('keeps what syslog has not sent, while it is on', async () => {
  await sixMonths();
  await keep(2, syslog);
  expect(await numbers()).toHaveLength(6);
  await query(postern.database, "insert into event_streams (name, seal, hash, event) values ('syslog', 3, 'x', 1)");
  await keep(2, syslog);
  expect(await numbers()).toEqual([3, 4, 5, 6]);
  await keep(2);
  expect(await numbers()).toEqual([4, 5, 6]);
});

test.each([
  ['an event of a deleted month', "delete from security_events where id = '$2'", 'EVENT_REMOVED', 2],
  ['a changed event', "update security_events set ip = null where id = '$1'", 'EVENT_CHANGED', 1],
  ['a removed seal', 'delete from event_seals where number = 1', 'SEAL_REMOVED', 1],
  ['a changed seal', "update event_seals set mac = 'test.x' where number = 3", 'SEAL_CHANGED', 3],
])('stops before %s, reports it, and leaves the evidence (R-97)', async (_, statement, kind, seal) => {
  const seals = await sixMonths();
  await tamper(postern.database, statement.replace('$2', seals[1]!.ids[0]!).replace('$1', seals[0]!.ids[0]!));
  const before = await faults();
  expect(await keep()).toEqual([{ fault: expect.objectContaining({ kind, seal }) }]);
  expect((await numbers())[0]).toBe(kind === 'SEAL_REMOVED' ? 2 : seal);
  expect(await faults()).toEqual(before);
});

test.each([
  ['the seal after the deleted ones', 'delete from event_seals where number = 4', { kind: 'SEAL_REMOVED', seal: 4 }],
  ['a seal in the middle', 'delete from event_seals where number = 5', { kind: 'SEAL_REMOVED', seal: 5 }],
  ['all seals', 'delete from event_seals', { kind: 'SEAL_REMOVED', seal: 4 }],
  ['the anchor', 'delete from event_anchors', { kind: 'SEAL_REMOVED', seal: 1 }],
  ['an anchor moved on', 'update event_anchors set number = 4', { kind: 'ANCHOR_CHANGED', seal: 4 }],
  ['an anchor with another date', 'update event_anchors set sealed_at = now()', { kind: 'ANCHOR_CHANGED', seal: 3 }],
])('finds tampering with %s after retention deleted the start (R-97)', async (_, statement, fault) => {
  await sixMonths();
  await keep();
  expect(await faults()).toEqual([]);
  await tamper(postern.database, statement);
  expect((await faults())[0]).toEqual(fault);
});

test('finds an event that was removed after retention deleted the start (R-97)', async () => {
  const seals = await sixMonths();
  await keep();
  const event = seals[4]!.ids[1];
  await tamper(postern.database, `delete from security_events where id = '${event}'`);
  expect(await faults()).toEqual([{ kind: 'EVENT_REMOVED', event, seal: 5 }]);
});

test('deletes nothing more after the anchor was changed (R-97)', async () => {
  await sixMonths();
  await keep();
  await query(postern.database, 'update event_anchors set events = 7');
  expect(await keep(1)).toEqual([{ fault: { kind: 'ANCHOR_CHANGED', seal: 3 } }]);
  expect(await numbers()).toEqual([4, 5, 6]);
});

test('signs the anchor with the newest key on key rotation (R-92)', async () => {
  await sixMonths();
  await keep();
  const ring = parseKeyRing(`${newMasterKey(new Date())},${testSettings.ENCRYPTION_KEYS}`);
  expect((await verify(null, [ring[0]])).faults[0]).toEqual({ kind: 'ANCHOR_KEY_MISSING', seal: 3 });
  expect(await renewSeals(fork(postern.database), ring, () => NOW)).toMatchObject({ renewed: 4, remaining: 0 });
  expect((await verify(null, [ring[0]])).faults).toEqual([]);
});

test('does not let others delete events or seals because retention runs (R-97)', async () => {
  await sixMonths();
  await keep();
  await expect(query(postern.database, 'delete from security_events')).rejects.toThrow(/append-only/);
  await expect(query(postern.database, 'delete from event_seals')).rejects.toThrow(/stay as they are/);
});
