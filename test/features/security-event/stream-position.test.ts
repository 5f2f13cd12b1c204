import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { fork, type Database } from '../../../src/database/connection/database.js';
import {
  advanceStream,
  claimStream,
  hasWork,
  openStream,
  releaseStream,
} from '../../../src/features/security-event/syslog/stream-position.js';
import { openTestDatabase, query } from '../../support/database.js';
import { forgetEvents, sealAt } from './recording.js';

const [one, other] = ['01890000-0000-7000-8000-000000000001', '01890000-0000-7000-8000-000000000002'];
const now = new Date('2026-11-30T08:00:00Z');

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await forgetEvents(database);
  await sealAt(database, now);
  await openStream(fork(database));
});

const end = async () => {
  const { seal } = await sealAt(database, now);
  return { seal: seal.number, hash: seal.hash, event: 2 };
};

test('begins after what is sealed, once, and has work when another event is sealed', async () => {
  expect(await hasWork(fork(database), one)).toBe(false);
  await end();
  await openStream(fork(database));
  expect(await hasWork(fork(database), one)).toBe(true);
  expect(await claimStream(fork(database), one)).toMatchObject({ seal: 1, event: 2 });
});

test('lets one process send until its lease ends or it gives it up', async () => {
  const sent = await end();
  expect(await claimStream(fork(database), one)).not.toBeNull();
  expect(await claimStream(fork(database), other)).toBeNull();
  expect(await hasWork(fork(database), other)).toBe(false);
  expect(await claimStream(fork(database), one)).not.toBeNull();
  expect(await advanceStream(fork(database), other, sent)).toBe(false);
  await releaseStream(fork(database), other);
  expect(await claimStream(fork(database), other)).toBeNull();
  await query(database, "update event_streams set held_until = now() - interval '1 second'");
  expect(await claimStream(fork(database), other)).toMatchObject({ seal: 1, event: 2 });
  expect(await advanceStream(fork(database), one, sent)).toBe(false);
  expect(await advanceStream(fork(database), other, sent)).toBe(true);
  await releaseStream(fork(database), other);
  expect(await claimStream(fork(database), one)).toEqual(sent);
});

test('holds the lease for 30 seconds after each step', async () => {
  const left = async () => {
    const [row] = await query<{ left: number }>(
      database,
      'select extract(epoch from held_until - clock_timestamp())::float8 as left from event_streams',
    );
    return row!.left;
  };
  const sent = await end();
  await claimStream(fork(database), one);
  expect(await left()).toBeGreaterThan(25);
  await query(database, "update event_streams set held_until = now() + interval '1 second'");
  await advanceStream(fork(database), one, sent);
  expect(await left()).toBeGreaterThan(25);
  expect(await left()).toBeLessThanOrEqual(30);
});
