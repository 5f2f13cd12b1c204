import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { calendarPeriodsIn, type CalendarPeriod } from '../../../src/calendar-period.js';
import type { Database } from '../../../src/database/connection/database.js';
import { MAX_ID, minimumIdAt } from '../../../src/database/connection/id.js';
import { toMonth } from '../../../src/database/partition/monthly-partitions.js';
import type { Context } from '../../../src/graphql-kit/context.js';
import { pagesByOwner, rowsByOwner } from '../../../src/graphql-kit/relay/rows-by-owner.js';
import { findUsageLogs } from '../../../src/features/usage/find-usage-logs.js';
import { findUsageSums } from '../../../src/features/usage/find-usage-sums.js';
import type { UsageSelection } from '../../../src/features/usage/usage-filter.js';
import { openTestDatabase, query } from '../../support/database.js';
import { listeningReader, type Way } from '../../support/listening-reader.js';
import { openExplainingReader } from './plans.js';

const usageLogs = pagesByOwner(findUsageLogs);
const usageSums = rowsByOwner(findUsageSums);
type AskedLogs = Parameters<typeof usageLogs>[1];
type AskedSums = Parameters<typeof usageSums>[1];

/**
 * Enough logs for a plan to matter: of a hundred users, over the two months before this one. One key makes every fifth
 * call, and never calls model-3, which many others call.
 */
const LOGS = 20_000;
const thisMonth = toMonth(new Date());
const [first, second] = [toMonth(thisMonth, -2), toMonth(thisMonth, -1)];

let database: Database;
let explaining: Awaited<ReturnType<typeof openExplainingReader>>;
let someone: string;
let callKeyId: string;
let busyKeyId: string;
beforeAll(async () => {
  database = await openTestDatabase();
  await query(
    database,
    `
    insert into usage_logs (id, at, account_id, call_key_id, call_key_name, type, model, prompt_tokens, completion_tokens, quota, request_id)
    select (lpad(to_hex(ms), 12, '0') || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid, to_timestamp(ms / 1000.0),
      md5('user ' || n % 100)::uuid, md5(case when n % 5 = 0 then 'busy' else 'key ' || n % 200 end)::uuid, 'a key', case when n % 49 = 0 then 'ERROR' else 'CONSUME' end,
      case when n % 201 = 0 then 'rare' when n % 5 = 0 and n % 7 = 3 then 'model-4' else 'model-' || n % 7 end, 1, 1, 1, 'request-' || n
    from (select n, ?::bigint + n * ?::bigint as ms from generate_series(0, ${LOGS} - 1) as n) as call`,
    [first.getTime(), Math.floor((thisMonth.getTime() - first.getTime()) / LOGS)],
  );
  await query(
    database,
    `
    insert into usage_totals (account_id, period, at, call_key_id, model, type, requests, prompt_tokens, completion_tokens, quota)
    select account_id, 'DAY', date_trunc('day', at, 'UTC'), call_key_id, model, type, count(*), count(*), count(*), count(*) from usage_logs group by 1, 2, 3, 4, 5, 6`,
  );
  await query(database, 'analyze usage_logs, usage_totals');
  explaining = await openExplainingReader(database);
  const [ids] = await query<{ account: string; key: string; busy: string }>(
    database,
    "select md5('user 7')::uuid as account, md5('key 7')::uuid as key, md5('busy')::uuid as busy",
  );
  [someone, callKeyId, busyKeyId] = [ids!.account, ids!.key, ids!.busy];
});
afterAll(() => database.close());
beforeEach(() => {
  explaining.take();
});

const everything: UsageSelection = { from: null, to: null, type: null, callKeyId: null, model: null, requestId: null };
const PAGE = 20;

async function scansOfPage(
  accountId: string | null,
  selection: Partial<UsageSelection>,
  page: Partial<AskedLogs['page']> = {},
) {
  const { rows } = await usageLogs({ reader: explaining.reader, now: new Date() } as Context, {
    accountId,
    selection: { ...everything, ...selection },
    page: { size: PAGE, backward: false, after: null, before: null, ...page },
  });
  return { rows, scans: explaining.take() };
}

interface Wanted extends Pick<AskedSums, 'accountId' | 'interval'> {
  readonly span: CalendarPeriod;
  readonly zone?: string;
}

/** The sums of a span, by the periods of a zone. */
async function scansOfSum({ accountId, interval, span, zone = 'UTC' }: Wanted) {
  const periods = interval ? calendarPeriodsIn(interval, zone, span, 1_000)! : [];
  const bounds = [span.from, ...periods.slice(1).map(({ from }) => from), span.to];
  const selection = everything;
  const sums = await usageSums({ reader: explaining.reader } as Context, { selection, accountId, bounds, interval });
  return { sums, scans: explaining.take() };
}

const ofMonth = (month: Date) =>
  ['usage_logs', 'usage_totals'].map((table) => `${table}_${month.toISOString().slice(0, 7).replace('-', '_')}`);

const byIndex: [string, () => [string | null, Partial<UsageSelection>], string][] = [
  ['a user’s logs', () => [someone, {}], '(account_id, id)'],
  ['a user’s errors', () => [someone, { type: 'ERROR' }], "(account_id, id) WHERE (type = 'ERROR'::text)"],
  ['a user’s calls of a model', () => [someone, { model: 'rare' }], '(account_id, model, id)'],
  ['a user’s call with a request id', () => [someone, { requestId: 'request-107' }], '(request_id, id)'],
  ['all users’ logs', () => [null, {}], '(id)'],
  ['all users’ errors', () => [null, { type: 'ERROR' }], "(id) WHERE (type = 'ERROR'::text)"],
  ['all users’ calls of a model', () => [null, { model: 'rare' }], '(model, id)'],
  ['all users’ calls of a model that many call', () => [null, { model: 'model-3' }], '(model, id)'],
  ['all users’ calls with a key', () => [null, { callKeyId }], '(call_key_id, id)'],
  ['all users’ call with a request id', () => [null, { requestId: 'request-107' }], '(request_id, id)'],
];

test.each(byIndex)(
  'reads a page of %s from one index, with at most one extra row per month',
  async (_what, wanted, index) => {
    for (const backward of [false, true]) {
      const { rows, scans } = await scansOfPage(...wanted(), { backward });
      expect(rows.length).toBeGreaterThan(0);
      expect([...new Set(scans.filter((scan) => scan.rows > 0).map((scan) => scan.index))]).toEqual([index]);
      for (const scan of scans) expect(scan.rows).toBeLessThanOrEqual(PAGE + 1);
    }
  },
);

test('reads only a key’s calls when a filter also names a model that the key never called', async () => {
  for (const backward of [false, true]) {
    const { rows, scans } = await scansOfPage(null, { callKeyId: busyKeyId, model: 'model-3' }, { backward });
    expect(rows).toEqual([]);
    expect(scans.reduce((sum, scan) => sum + scan.rows, 0)).toBeLessThanOrEqual(LOGS / 5);
  }
});

test('skips the partitions of months outside a page’s time range or cursor', async () => {
  for (const accountId of [someone, null]) {
    const { rows, scans } = await scansOfPage(accountId, { from: first, to: second });
    expect([rows.length, ...new Set(scans.map(({ partition }) => partition))]).toEqual([PAGE, ofMonth(first)[0]]);
    const later = await scansOfPage(accountId, {}, { after: { id: minimumIdAt(second) } });
    expect([
      later.rows.length,
      ...new Set(later.scans.filter(({ rows: seen }) => seen > 0).map(({ partition }) => partition)),
    ]).toEqual([PAGE, ofMonth(first)[0]]);
    expect(later.scans.some(({ partition }) => ofMonth(second).includes(partition))).toBe(false);
  }
});

test('skips the partitions of future months', async () => {
  const ahead = [2, 3].flatMap((months) => ofMonth(toMonth(thisMonth, months)));
  const made = await query<{ name: string }>(
    database,
    "select relname as name from pg_class where relname like 'usage_logs_2%' and relkind = 'r'",
  );
  expect(made.map(({ name }) => name)).toEqual(expect.arrayContaining([ahead[0]!, ahead[2]!]));
  for (const accountId of [someone, null]) {
    for (const to of [null, toMonth(thisMonth, 24)]) {
      const { scans } = await scansOfPage(accountId, { to });
      expect(scans.map(({ partition }) => partition).filter((partition) => ahead.includes(partition))).toEqual([]);
      expect(scans).not.toEqual([]);
    }
  }
});

test.each(['DAY', 'HOUR', null] as const)(
  'reads a month’s sum (by %s) only from the partitions of that month',
  async (interval) => {
    const within = {
      from: new Date(second.getTime() + 7_654_321),
      to: new Date(second.getTime() + 13 * 86_400_000 + 1),
    };
    for (const accountId of [someone, null]) {
      for (const span of [{ from: second, to: thisMonth }, within].slice(interval === 'HOUR' ? 1 : 0)) {
        const { scans } = await scansOfSum({ accountId, span, interval });
        expect(
          scans.map(({ partition }) => partition).filter((partition) => !ofMonth(second).includes(partition)),
        ).toEqual([]);
        expect(scans).not.toEqual([]);
      }
    }
  },
);

test('reads the sum of an account’s month from the totals by index, and reads no logs', async () => {
  const { sums, scans } = await scansOfSum({
    accountId: someone,
    span: { from: second, to: thisMonth },
    interval: null,
  });
  const [logged] = await query<{ count: unknown }>(
    database,
    'select count(*) as count from usage_logs where account_id = ? and at >= ?',
    [someone, second],
  );
  expect(sums.map(({ requests }) => Number(requests))).toEqual([Number(logged!.count)]);
  expect(scans.filter(({ rows }) => rows > 0)).toEqual([
    {
      partition: ofMonth(second)[1],
      index: '(account_id, period, at, call_key_id, model, type)',
      rows: expect.any(Number),
    },
  ]);
});

test('reads an account’s hourly sums only from its own logs in that time range', async () => {
  const span = { from: new Date(second.getTime() + 3_600_000), to: new Date(second.getTime() + 241 * 3_600_000) };
  const { sums, scans } = await scansOfSum({ accountId: someone, span, interval: 'HOUR' });
  const [logged] = await query<{ count: unknown }>(
    database,
    'select count(*) as count from usage_logs where account_id = ? and at >= ? and at < ?',
    [someone, span.from, span.to],
  );
  expect(sums.reduce((sum, { requests }) => sum + Number(requests), 0)).toBe(Number(logged!.count));
  expect(scans.reduce((sum, { rows }) => sum + rows, 0)).toBe(Number(logged!.count));
});

test.each([
  ['Europe/Berlin', 2],
  ['America/New_York', 5],
  ['Pacific/Auckland', 12],
])('reads at most the logs between local and UTC midnight for the days of %s', async (zone, hours) => {
  const { sums, scans } = await scansOfSum({
    accountId: someone,
    span: { from: second, to: thisMonth },
    interval: 'DAY',
    zone,
  });
  const [logged] = await query<{ all: unknown; near: unknown }>(
    database,
    `select count(*) as all, count(*) filter (where extract(hour from at at time zone 'UTC') < ? or extract(hour from at at time zone 'UTC') >= ?) as near
     from usage_logs where account_id = ? and at >= ? and at < ?`,
    [hours, 24 - hours, someone, second, thisMonth],
  );
  expect(sums.reduce((sum, { requests }) => sum + Number(requests), 0)).toBe(Number(logged!.all));
  const read = scans.filter(({ partition }) => partition.startsWith('usage_logs'));
  expect(read.reduce((sum, { rows }) => sum + rows, 0)).toBeLessThanOrEqual(Number(logged!.near));
  expect(new Set(read.map(({ index }) => index))).toEqual(new Set(['(account_id, id)']));
});

test.each<[Partial<UsageSelection>, Way, Way]>([
  [{}, 'run', 'slow'],
  [{ type: 'ERROR' }, 'run', 'ask'],
  [{ callKeyId: MAX_ID }, 'run', 'ask'],
  [{ model: 'rare' }, 'run', 'ask'],
  [{ model: 'rare', callKeyId: MAX_ID, type: 'ERROR', requestId: 'request-1' }, 'run', 'ask'],
  [{ type: 'CONSUME' }, 'ask', 'ask'],
  [{ model: 'rare', type: 'ERROR' }, 'ask', 'ask'],
  [{ callKeyId: MAX_ID, model: 'rare' }, 'ask', 'ask'],
  [{ callKeyId: MAX_ID, type: 'CONSUME' }, 'ask', 'ask'],
])('runs a page filtered by %j by "%s" and its sum by "%s", without delaying others', async (selection, page, sum) => {
  const { reader, statements: heard } = listeningReader();
  const context = { reader, now: new Date() } as Context;
  for (const accountId of [someone, null])
    await usageLogs(context, {
      accountId,
      selection: { ...everything, ...selection },
      page: { size: PAGE, backward: false, after: null, before: null },
    });
  await usageSums(context, {
    accountId: someone,
    selection: { ...everything, ...selection },
    bounds: [first, second],
    interval: null,
  });
  expect(heard).toEqual([page, 'ask', sum]);
});
