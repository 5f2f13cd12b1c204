import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Database } from '../../src/database/connection/database.js';
import { MachineClock } from '../../src/database/connection/machine-clock.js';
import { seconds } from '../../src/duration.js';
import { openRaceDatabase, type RaceDatabase } from '../support/race-database.js';

/** On PostgreSQL, whose clock is not the one of this process. */
let race: RaceDatabase;
let database: Database;
beforeAll(async () => {
  race = await openRaceDatabase();
  database = await race.open();
});
afterAll(() => race.drop());

const systemNow = Date.now;
afterEach(() => {
  Date.now = systemNow;
});

/** Sets the clock of this machine forward. */
function setForward(milliseconds: number): void {
  Date.now = () => systemNow() + milliseconds;
}

/** A clock that is compared with the one of a database server. */
async function checkedClock(): Promise<MachineClock> {
  const clock = new MachineClock(database);
  await clock.check();
  return clock;
}

test('translates a time of this machine into one of the database', async () => {
  setForward(seconds(30));
  const clock = await checkedClock();
  const time = clock.toDatabaseTime(new Date('2026-11-30T12:00:30Z'));
  expect(Math.abs(time.getTime() - Date.parse('2026-11-30T12:00:00Z'))).toBeLessThan(1_000);
});

test('is not steady from when it is set, or the machine slept, until the next check', async () => {
  const clock = await checkedClock();
  expect(clock.isSteady).toBe(true);
  setForward(seconds(2));
  expect([clock.isSteady, clock.isRight]).toEqual([false, true]);
  await clock.check();
  expect(clock.isSteady).toBe(true);
});

test('shows the same difference at every read while no clock is set', async () => {
  const clock = await checkedClock();
  const differences = Array.from({ length: 10_000 }, () => clock.differenceMs);
  expect(new Set(differences).size).toBe(1);
});
