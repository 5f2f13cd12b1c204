import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Client } from '../../support/client.js';
import { newUser, type TestUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { newUserOfRole } from '../administration/administrators.js';
import { call, newCallKey, newGateway, report } from './gateway.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let postern: TestPostern;
let user: TestUser;
let gateway: Client;
beforeAll(async () => {
  postern = await startPostern();
  gateway = await newGateway(postern);
  user = await newUser(postern);
});
afterAll(() => postern.close());

interface Point {
  readonly at: string;
  readonly requests: number;
  readonly errors: number;
}

const document = `query ($filter: UsageLogFilter, $interval: UsageInterval!, $timeZone: String!) {
  me { username usageSeries(filter: $filter, interval: $interval, timeZone: $timeZone) { at requests errors } }
}`;

const ask = (client: Client, interval: string, timeZone: string, filter: object = {}) =>
  client.send(document, { filter, interval, timeZone });

const pointsOf = async (interval: string, timeZone: string, filter: object = {}): Promise<Point[]> =>
  (await ask(user.client, interval, timeZone, filter)).data['me'].usageSeries;

/** The midnight that began today in Kathmandu, which is 5:45 ahead of UTC all year. */
const midnightOfKathmandu = () =>
  Math.floor((postern.clock.read().getTime() + 5.75 * HOUR_MS) / DAY_MS) * DAY_MS - 5.75 * HOUR_MS;

test('counts a call for the local day in which it was made, and failed calls also apart (R-133)', async () => {
  const key = await newCallKey(postern, user);
  const midnight = midnightOfKathmandu();
  await report(gateway, [
    call(key, new Date(midnight - DAY_MS)),
    call(key, new Date(midnight - 1), { type: 'ERROR' }),
    call(key, new Date(midnight), { type: 'ERROR' }),
  ]);
  const filter = { from: new Date(midnight - 2 * DAY_MS).toISOString(), to: new Date(midnight + 1).toISOString() };
  expect(await pointsOf('DAY', 'Asia/Kathmandu', filter)).toEqual([
    { at: new Date(midnight - 2 * DAY_MS).toISOString(), requests: 0, errors: 0 },
    { at: new Date(midnight - DAY_MS).toISOString(), requests: 2, errors: 1 },
    { at: new Date(midnight).toISOString(), requests: 1, errors: 1 },
  ]);
  const excluded = { ...filter, to: new Date(midnight).toISOString() };
  expect(await pointsOf('DAY', 'Asia/Kathmandu', excluded)).toHaveLength(2);
});

test.each([
  ['HOUR', 25],
  ['DAY', 1],
  ['WEEK', 1],
  ['MONTH', 1],
])('has a point for each local %s of a day of 25 hours', async (interval, count) => {
  const filter = { from: '2026-10-24T22:00:00Z', to: '2026-10-25T23:00:00Z' };
  expect(await pointsOf(interval, 'Europe/Berlin', filter)).toHaveLength(count);
});

test('begins weeks on Monday and months on the 1st, even before the filter begins (R-133)', async () => {
  const filter = { from: '2026-10-28T12:00:00Z', to: '2026-11-03T00:00:00Z' };
  const startsOf = async (interval: string) =>
    (await pointsOf(interval, 'America/New_York', filter)).map(({ at }) => at);
  expect(await startsOf('WEEK')).toEqual(['2026-10-26T04:00:00.000Z', '2026-11-02T05:00:00.000Z']);
  expect(await startsOf('MONTH')).toEqual(['2026-10-01T04:00:00.000Z', '2026-11-01T04:00:00.000Z']);
});

test.each([
  ['HOUR', 24],
  ['DAY', 30],
  ['WEEK', 12],
  ['MONTH', 12],
])('ends a series by %s with the current one, and has %i points without a filter', async (interval, count) => {
  const points = await pointsOf(interval, 'Australia/Lord_Howe');
  expect(points).toHaveLength(count);
  expect(Date.parse(points.at(-1)!.at)).toBeLessThanOrEqual(postern.clock.read().getTime());
});

test.each(['Mars/Olympus', '+05:45', '', 'Europe/Berlin\u0000', "'; select 1"])(
  'rejects the time zone %j, names the argument, and returns the other fields',
  async (timeZone) => {
    const answer = await ask(user.client, 'DAY', timeZone);
    expect(answer).toFailWith('BAD_USER_INPUT');
    expect(answer.errors[0]!.message).toMatch(/^timeZone must be /);
    expect(answer.data['me']).toEqual({ username: user.username, usageSeries: null });
  },
);

test('rejects more than 400 points of any interval', async () => {
  const from = '1990-01-01T00:00:00Z';
  for (const interval of ['HOUR', 'DAY', 'WEEK', 'MONTH']) {
    const answer = await ask(user.client, interval, 'Europe/Berlin', { from });
    expect([interval, answer.data['me'].usageSeries]).toEqual([interval, null]);
    expect(answer).toFailWith('BAD_USER_INPUT');
  }
  expect(await pointsOf('MONTH', 'UTC', { from: '1990-01-01T00:00:00Z', to: '2023-05-01T00:00:00Z' })).toHaveLength(
    400,
  );
});

test('sums the usage of listed users by local days with one statement', async () => {
  const admin = (await newUserOfRole(postern, 'ADMIN')).client;
  const nested = `query ($first: Int!) { users(first: $first) { edges { node {
    usageSeries(interval: DAY, timeZone: "Asia/Kolkata") { requests } } } } }`;
  const count = async (first: number) => {
    await postern.app.dependencies.background.whenIdle();
    postern.statements.forget();
    expect((await admin.send(nested, { first })).errors).toEqual([]);
    return postern.statements.texts.filter((text) => text.includes('usage_totals')).length;
  };
  expect([await count(1), await count(3)]).toEqual([1, 1]);
});
