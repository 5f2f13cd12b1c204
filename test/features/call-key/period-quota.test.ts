import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { calendarPeriodAt } from '../../../src/calendar-period.js';
import { newApiToken, program } from '../api-token/own-token.js';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import type { CreateCallKeyInput } from '../../support/generated/graphql.js';
import { graphql } from '../../support/generated/gql.js';
import { newUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { call, newGateway, report } from '../usage/gateway.js';
import { createKey, deleteKeys, keysOf, newCallKeyOf, updateKey } from './own-keys.js';

const VerifyRenewingKey = graphql(`
  query VerifyRenewingKey($key: String!, $model: String) {
    verifyCallKey(key: $key, model: $model) {
      valid refusal validFrom callKey { status periodUsed requestsPerMinuteLimit tokensPerMinuteLimit }
    }
  }
`);

let postern: TestPostern;
let gateway: Client;
/** The program of a user: its token works on after hours without a request. */
let owner: Client;
beforeAll(async () => {
  postern = await startPostern();
  gateway = await newGateway(postern);
});
beforeEach(async () => {
  untilNoon();
  owner = program(postern, await newApiToken((await newUser(postern)).client));
});
afterAll(() => postern.close());

const HOUR_MS = 3_600_000;
const now = () => postern.clock.read();
const later = (milliseconds: number) => new Date(now().getTime() + milliseconds);
const today = (zone = 'UTC') => calendarPeriodAt('DAY', zone, now());
const daily = { period: 'DAY', periodQuota: 10 } as const;

const verify = async (key: string, model?: string) =>
  (await gateway.send(VerifyRenewingKey, { key, ...(model === undefined ? {} : { model }) })).data.verifyCallKey!;
const use = async (key: { id: string }, quota: number, at = now()) => {
  const { data } = await report(gateway, [call(key, at, { quota })]);
  expect(data.recordUsage).toMatchObject({ recorded: 1, rejected: [] });
};
const read = async (id: string) => (await keysOf(owner)).edges.find(({ node }) => node.id === id)!.node;
const usedOf = async (id: string) => (await read(id)).periodUsed;
/** Moves the clock to the middle of the UTC day, so that a few hours stay within it. */
const untilNoon = () => {
  const { from } = today();
  const noon = new Date(from.getTime() + 12 * HOUR_MS);
  postern.clock.advance({ seconds: (noon.getTime() - now().getTime()) / 1_000 + (noon >= now() ? 0 : 24 * 3_600) });
};

describe('settings', () => {
  test('creates a call key with a quota that renews and limits per minute', async () => {
    const created = await newCallKeyOf(owner, {
      period: 'WEEK',
      periodQuota: 500,
      periodTimeZone: 'asia/kathmandu',
      requestsPerMinuteLimit: 60,
      tokensPerMinuteLimit: 10_000,
    });
    expect(created).toMatchObject({
      period: 'WEEK',
      periodQuota: 500,
      periodUsed: 0,
      periodTimeZone: 'Asia/Kathmandu',
      periodResetsAt: calendarPeriodAt('WEEK', 'Asia/Kathmandu', now()).to.toISOString(),
      requestsPerMinuteLimit: 60,
      tokensPerMinuteLimit: 10_000,
      quotaLeft: null,
    });
    expect(await newCallKeyOf(owner, daily)).toMatchObject({ periodTimeZone: 'UTC' });
  });

  const invalid: [name: string, input: Partial<CreateCallKeyInput>, fields: string[]][] = [
    ['a period without a quota', { period: 'DAY' }, ['periodQuota']],
    ['a quota without a period', { periodQuota: 5 }, ['period']],
    ['a negative quota', { period: 'DAY', periodQuota: -1 }, ['periodQuota']],
    ['an unknown time zone', { ...daily, periodTimeZone: 'Mars/Olympus' }, ['periodTimeZone']],
    ['an offset as a time zone', { ...daily, periodTimeZone: '+05:30' }, ['periodTimeZone']],
    ['an unknown time zone without a period', { periodTimeZone: '' }, ['periodTimeZone']],
    ['no request per minute', { requestsPerMinuteLimit: 0 }, ['requestsPerMinuteLimit']],
    ['no token per minute', { tokensPerMinuteLimit: -1 }, ['tokensPerMinuteLimit']],
    [
      'several faults',
      { name: '', period: 'MONTH', tokensPerMinuteLimit: 0 },
      ['name', 'tokensPerMinuteLimit', 'periodQuota'],
    ],
  ];

  test.each(invalid)('refuses %s, and creates no key (R-135)', async (_name, input, fields) => {
    const { data } = await createKey(owner, input);
    expect(data.createCallKey!.userErrors.map(({ code, field }) => [code, field])).toEqual(
      fields.map((field) => ['INVALID_VALUE', [field]]),
    );
    expect((await keysOf(owner)).totalCount).toBe(0);
  });

  test.each<[name: string, before: object, change: object, field: string]>([
    ['a period without a quota', {}, { period: 'DAY' }, 'periodQuota'],
    ['a quota without a period', {}, { periodQuota: 5 }, 'period'],
    ['no quota while a period stays', daily, { periodQuota: null }, 'periodQuota'],
    ['a quota with the removal of its period', daily, { period: null, periodQuota: 5 }, 'period'],
    ['an unknown time zone', daily, { periodTimeZone: 'Europe/Atlantis' }, 'periodTimeZone'],
    ['no request per minute', daily, { requestsPerMinuteLimit: 0 }, 'requestsPerMinuteLimit'],
  ])('refuses an update to %s, and changes nothing (R-135)', async (_name, before, change, field) => {
    const { id } = await newCallKeyOf(owner, before);
    const found = await read(id);
    const { data } = await updateKey(owner, { id, name: 'new', ...change });
    expect(data.updateCallKey!.userErrors).toMatchObject([{ code: 'INVALID_VALUE', field: [field] }]);
    expect(await read(id)).toEqual(found);
  });

  test('changes parts of a period quota, keeps the others, and removes it as a whole', async () => {
    const { id } = await newCallKeyOf(owner);
    const change = async (input: object) => (await updateKey(owner, { id, ...input })).data.updateCallKey!.callKey;
    const monthly = { period: 'MONTH', periodQuota: 7, periodTimeZone: 'UTC' };
    expect(await change({ period: 'MONTH', periodQuota: 7 })).toMatchObject(monthly);
    expect(await change({ periodTimeZone: 'Europe/Berlin' })).toMatchObject({
      ...monthly,
      periodTimeZone: 'Europe/Berlin',
    });
    expect(await change({ periodQuota: 0, requestsPerMinuteLimit: 5 })).toMatchObject({
      period: 'MONTH',
      periodQuota: 0,
      periodTimeZone: 'Europe/Berlin',
      requestsPerMinuteLimit: 5,
    });
    expect(await change({ period: 'DAY' })).toMatchObject({
      period: 'DAY',
      periodQuota: 0,
      periodTimeZone: 'Europe/Berlin',
    });
    expect(await change({ period: null, requestsPerMinuteLimit: null })).toMatchObject({
      period: null,
      periodQuota: null,
      periodUsed: 0,
      periodTimeZone: null,
      periodResetsAt: null,
      requestsPerMinuteLimit: null,
    });
  });

  test('refuses the period quota of another user’s key like an unknown one', async () => {
    const { id } = await newCallKeyOf(owner);
    const { data } = await updateKey((await newUser(postern)).client, { id, ...daily });
    expect(data.updateCallKey!.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect(await read(id)).toMatchObject({ period: null });
  });
});

describe('charges', () => {
  test('charges the total and the period, and renews the period without any write (R-132)', async () => {
    const { id } = await newCallKeyOf(owner, { ...daily, quota: 100 });
    await use({ id }, 4);
    await use({ id }, 3);
    expect(await read(id)).toMatchObject({ periodUsed: 7, quotaUsed: 7, quotaLeft: 93 });
    const row = () =>
      query(
        postern.database,
        'select * from call_keys where hint = (select hint from call_keys order by id desc limit 1)',
      );
    const before = await row();
    postern.clock.advance({ hours: 12 });
    expect(await read(id)).toMatchObject({ periodUsed: 0, periodResetsAt: today().to.toISOString() });
    expect(await row()).toEqual(before);
  });

  test('charges a late call to the total alone, and an early call to the next period (R-132)', async () => {
    const { id } = await newCallKeyOf(owner, { ...daily, quota: 100 });
    await use({ id }, 1);
    await use({ id }, 5, new Date(today().from.getTime() - 1));
    expect(await read(id)).toMatchObject({ periodUsed: 1, quotaUsed: 6 });
    postern.clock.advance({ hours: 11, minutes: 58 });
    await use({ id }, 2, today().to);
    expect(await usedOf(id)).toBe(1);
    await use({ id }, 8);
    expect(await usedOf(id)).toBe(9);
    postern.clock.advance({ minutes: 3 });
    expect(await usedOf(id)).toBe(2);
    await use({ id }, 4, new Date(today().from.getTime() - 1));
    await use({ id }, 3);
    expect(await read(id)).toMatchObject({ periodUsed: 5, quotaUsed: 23 });
  });

  test('counts what was charged in the current period after every change of it (R-132)', async () => {
    const { id } = await newCallKeyOf(owner);
    const yesterday = new Date(today().from.getTime() - 1);
    await use({ id }, 1, later(-100));
    await use({ id }, 10, yesterday);
    const change = async (input: object) => (await updateKey(owner, { id, ...input })).data.updateCallKey!.callKey;
    expect(await change(daily)).toMatchObject({ periodUsed: 1 });
    const zone = 'Pacific/Kiritimati';
    const sum = (unit: 'DAY' | 'WEEK' | 'MONTH', zone: string) =>
      (calendarPeriodAt(unit, zone, now()).from <= yesterday ? 10 : 0) + 1;
    expect(await change({ period: 'MONTH' })).toMatchObject({ periodUsed: sum('MONTH', 'UTC') });
    expect(await change({ period: 'WEEK', periodTimeZone: zone })).toMatchObject({ periodUsed: sum('WEEK', zone) });
    expect(await change({ periodQuota: 99 })).toMatchObject({ periodUsed: sum('WEEK', zone) });
    expect(await change({ period: null })).toMatchObject({ periodUsed: 0 });
    await use({ id }, 100);
    expect(await change({ ...daily, periodTimeZone: 'UTC' })).toMatchObject({ periodUsed: 101 });
  });

  test('keeps early calls of the next period when the period is set just before its end (R-132)', async () => {
    const { id } = await newCallKeyOf(owner);
    postern.clock.advance({ hours: 11, minutes: 58 });
    await use({ id }, 3);
    await use({ id }, 4, today().to);
    await updateKey(owner, { id, ...daily });
    expect(await usedOf(id)).toBe(3);
    postern.clock.advance({ minutes: 2 });
    expect(await usedOf(id)).toBe(4);
  });

  test('records calls of a deleted key with a period quota', async () => {
    const { id } = await newCallKeyOf(owner, daily);
    await deleteKeys(owner, [id]);
    await use({ id }, 20);
  });
});

describe('verification', () => {
  test('refuses a key whose period is exhausted until the period ends, and keeps it active (R-132)', async () => {
    const { key, id } = await newCallKeyOf(owner, {
      ...daily,
      requestsPerMinuteLimit: 3,
      tokensPerMinuteLimit: 9,
    });
    await use({ id }, 9);
    expect(await verify(key)).toMatchObject({ valid: true, refusal: null, validFrom: null });
    await use({ id }, 5);
    const end = today().to;
    expect(await verify(key)).toEqual({
      valid: false,
      refusal: 'PERIOD_EXHAUSTED',
      validFrom: end.toISOString(),
      callKey: { status: 'ACTIVE', periodUsed: 14, requestsPerMinuteLimit: 3, tokensPerMinuteLimit: 9 },
    });
    postern.clock.advance({ seconds: (end.getTime() - now().getTime()) / 1_000 });
    expect(await verify(key)).toMatchObject({ valid: true, callKey: { periodUsed: 0 } });
  });

  test('reports the total quota before that of the period, and names no time for it', async () => {
    const { key, id } = await newCallKeyOf(owner, { ...daily, quota: 10 });
    await use({ id }, 10);
    expect(await verify(key)).toMatchObject({
      refusal: 'EXHAUSTED',
      validFrom: null,
      callKey: { status: 'EXHAUSTED' },
    });
    await updateKey(owner, { id, quotaLeft: 1 });
    expect(await verify(key)).toMatchObject({ refusal: 'PERIOD_EXHAUSTED', validFrom: today().to.toISOString() });
    await updateKey(owner, { id, periodQuota: 11 });
    expect(await verify(key)).toMatchObject({ refusal: null, validFrom: null });
  });

  test('names no time when the key expires first, never works, or may not make the call at all', async () => {
    const { key, id } = await newCallKeyOf(owner, { ...daily, models: ['m-1'] });
    await use({ id }, 10);
    const validFromWith = async (change: object, model = 'm-1') => {
      await updateKey(owner, { id, ...change });
      const { refusal, validFrom } = await verify(key, model);
      return [refusal, validFrom];
    };
    const end = today().to.toISOString();
    expect(await validFromWith({})).toEqual(['PERIOD_EXHAUSTED', end]);
    expect(await validFromWith({}, 'm-2')).toEqual(['PERIOD_EXHAUSTED', null]);
    expect(await validFromWith({ expiresAt: end })).toEqual(['PERIOD_EXHAUSTED', null]);
    expect(await validFromWith({ expiresAt: null, periodQuota: 0 })).toEqual(['PERIOD_EXHAUSTED', null]);
  });

  test('names the period after the next one when early calls have exhausted the next one', async () => {
    const { key, id } = await newCallKeyOf(owner, daily);
    postern.clock.advance({ hours: 11, minutes: 58 });
    const next = calendarPeriodAt('DAY', 'UTC', today().to);
    await use({ id }, 10, next.from);
    expect(await verify(key)).toMatchObject({ valid: true });
    await use({ id }, 10);
    expect(await verify(key)).toMatchObject({ refusal: 'PERIOD_EXHAUSTED', validFrom: next.to.toISOString() });
  });

  test('lets nothing through with a period quota of 0', async () => {
    const { key } = await newCallKeyOf(owner, { period: 'MONTH', periodQuota: 0 });
    expect(await verify(key)).toMatchObject({ valid: false, refusal: 'PERIOD_EXHAUSTED', validFrom: null });
  });
});
