import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fork } from '../../../src/database/connection/database.js';
import { createPartitions } from '../../../src/database/partition/monthly-partitions.js';
import { addToTotals } from '../../../src/features/usage/add-to-totals.js';
import { insertUsageLogs, usageLogId, type NewUsageLog } from '../../../src/features/usage/insert-usage-logs.js';
import { idToBytes, newId } from '../../../src/database/connection/id.js';
import { toGlobalId } from '../../../src/rules/global-id.js';
import type { Client } from '../../support/client.js';
import { graphql } from '../../support/generated/gql.js';
import type { AllUsageLogsFilter, UsageDimension, UsageInterval } from '../../support/generated/graphql.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { newUserOfRole } from '../administration/administrators.js';

const HOUR_MS = 3_600_000;

/** Days when clocks change: 23, 24.5 or 25 hours long, without a midnight, or skipped. */
const places: readonly (readonly [zone: string, ...days: string[]])[] = [
  ['UTC', '2026-07-01'],
  ['Asia/Kolkata', '2026-02-28'],
  ['Asia/Kathmandu', '2026-05-31'],
  ['Europe/Berlin', '2026-03-29', '2026-10-25'],
  ['America/Santiago', '2026-04-04', '2026-09-06'],
  ['Africa/Cairo', '2026-04-24', '2026-10-29'],
  ['Pacific/Apia', '2011-12-30'],
  ['Australia/Lord_Howe', '2026-04-05', '2026-10-04'],
];

let postern: TestPostern;
let admin: Client;
beforeAll(async () => {
  postern = await startPostern();
  admin = (await newUserOfRole(postern, 'ADMIN')).client;
  const em = fork(postern.database);
  await createPartitions(em, new Date('2011-11-01T00:00:00Z'), new Date('2011-10-01T00:00:00Z'));
  await createPartitions(em, new Date('2026-09-01T00:00:00Z'), new Date('2026-01-01T00:00:00Z'));
});
afterAll(() => postern.close());

const Usage = graphql(`
  query UsageByZone($filter: AllUsageLogsFilter, $interval: UsageInterval!, $timeZone: String!) {
    usageSummary(filter: $filter) { requests errors promptTokens completionTokens quota }
    usageSeries(filter: $filter, interval: $interval, timeZone: $timeZone) { at requests errors tokens quota }
  }
`);

const Breakdown = graphql(`
  query UsageByShare($filter: AllUsageLogsFilter, $by: UsageDimension!, $first: Int!) {
    usageSummary(filter: $filter) { requests errors promptTokens completionTokens quota }
    usageBreakdown(filter: $filter, by: $by, first: $first) { label requests errors tokens quota callKey { id } user { id } }
  }
`);

/** A time near such a day: often near the start of an hour, and seldom far away. */
const timeNear = (day: string) =>
  fc
    .tuple(
      fc.oneof({ weight: 5, arbitrary: fc.integer({ min: -60, max: 60 }) }, fc.integer({ min: -500, max: 500 })),
      fc.oneof(fc.constantFrom(-1, 0, 1, HOUR_MS / 2 - 1, HOUR_MS / 2), fc.nat(HOUR_MS - 1)),
    )
    .map(([hours, offset]) => new Date(Date.parse(day) + hours * HOUR_MS + offset));

/** A call with one of three keys and models. */
const callNear = (day: string) =>
  fc.record({
    at: timeNear(day),
    key: fc.nat(2),
    model: fc.nat(2),
    failed: fc.boolean(),
    quota: fc.nat(9),
  });

/** A zone, a day in it, calls near that day, and a question about them. */
const situation = fc
  .constantFrom(...places.flatMap(([zone, ...days]) => days.map((day) => [zone, day] as const)))
  .chain(([zone, day]) =>
    fc.record({
      zone: fc.constant(zone),
      calls: fc.array(callNear(day), { maxLength: 30 }),
      times: fc.tuple(timeNear(day), timeNear(day)),
      interval: fc.constantFrom<UsageInterval[]>('HOUR', 'DAY', 'WEEK', 'MONTH'),
      by: fc.constantFrom<UsageDimension[]>('MODEL', 'CALL_KEY', 'USER'),
      first: fc.integer({ min: 1, max: 4 }),
      of: fc.constantFrom('everything', 'an account', 'a key', 'a model', 'errors', 'errors of an account'),
    }),
  );

type Situation = typeof situation extends fc.Arbitrary<infer Value> ? Value : never;

let requests = 0;
/** All logs of this file, for the sums of all accounts. */
const everything: NewUsageLog[] = [];

/** Records calls of new accounts, as `recordUsage` does, but at any time. */
async function record({ calls }: Situation): Promise<{ accounts: string[]; keys: string[] }> {
  const [accounts, keys] = [2, 3].map((count) => Array.from({ length: count }, () => newId(new Date())));
  const logs = calls.map(({ at, key, model, failed, quota }): NewUsageLog => {
    const [callKeyId, requestId] = [keys![key]!, `request ${(requests += 1)}`];
    return {
      id: usageLogId(at, idToBytes(callKeyId), requestId),
      at,
      // The first account has two keys.
      accountId: accounts![key < 2 ? 0 : 1]!,
      callKeyId,
      callKeyName: `key ${key}`,
      type: failed ? 'ERROR' : 'CONSUME',
      model: `model-${model}`,
      promptTokens: 7,
      completionTokens: 2,
      quota: BigInt(quota),
      latencyMs: null,
      requestId,
      ip: null,
    };
  });
  const em = fork(postern.database);
  await insertUsageLogs(em, logs);
  await addToTotals(em, logs);
  everything.push(...logs);
  return { accounts: accounts!, keys: keys! };
}

/** The filter of a question without its times, and the logs that it selects. */
function filterOf({ of }: Situation, { accounts, keys }: { accounts: string[]; keys: string[] }) {
  const userId = toGlobalId('User', accounts[0]!);
  const ofAccount = ({ accountId }: NewUsageLog) => accountId === accounts[0];
  const failed = ({ type }: NewUsageLog) => type === 'ERROR';
  const filters: Record<Situation['of'], [AllUsageLogsFilter, (log: NewUsageLog) => boolean]> = {
    everything: [{}, () => true],
    'an account': [{ userId }, ofAccount],
    'a key': [{ callKeyId: toGlobalId('CallKey', keys[0]!) }, ({ callKeyId }) => callKeyId === keys[0]],
    'a model': [{ model: 'model-1' }, ({ model }) => model === 'model-1'],
    errors: [{ type: 'ERROR' }, failed],
    'errors of an account': [{ userId, type: 'ERROR' }, (log) => ofAccount(log) && failed(log)],
  };
  return filters[of];
}

const sumOf = (logs: readonly NewUsageLog[]) => ({
  requests: logs.length,
  errors: logs.filter(({ type }) => type === 'ERROR').length,
  tokens: 9 * logs.length,
  quota: logs.reduce((sum, { quota }) => sum + Number(quota), 0),
});

type Amounts = ReturnType<typeof sumOf>;
const add = (parts: readonly { [Name in keyof Amounts]: unknown }[]): Amounts =>
  parts.reduce<Amounts>(
    (sum, { requests, errors, tokens, quota }) => ({
      requests: sum.requests + Number(requests),
      errors: sum.errors + Number(errors),
      tokens: sum.tokens + Number(tokens),
      quota: sum.quota + Number(quota),
    }),
    { requests: 0, errors: 0, tokens: 0, quota: 0 },
  );

const localDay = (zone: string, time: number) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(time);

test('returns points that add up to the summary, each with the calls in it, for any zone (R-133)', async () => {
  await fc.assert(
    fc.asyncProperty(situation, async (given) => {
      const { zone, interval, times } = given;
      const [filter, fits] = filterOf(given, await record(given));
      const [from, limit] = times.toSorted((a, b) => a.getTime() - b.getTime()) as [Date, Date];
      const to = interval === 'HOUR' ? new Date(Math.min(limit.getTime(), from.getTime() + 398 * HOUR_MS)) : limit;
      const span = { from: from.toISOString(), to: to.toISOString() };
      const variables = { filter: { ...filter, ...span }, interval, timeZone: zone };
      const { usageSeries, usageSummary } = (await admin.send(Usage, variables)).data;
      const selected = everything.filter((log) => fits(log) && log.at >= from && log.at < to);
      const { promptTokens, completionTokens, ...summary } = usageSummary!;
      const tokens = Number(promptTokens) + Number(completionTokens);
      expect({ ...summary, tokens }).toEqual(sumOf(selected));
      expect(add(usageSeries!)).toEqual(sumOf(selected));
      const starts = usageSeries!.map(({ at }) => Date.parse(String(at)));
      for (const [index, { requests, errors, tokens, quota }] of usageSeries!.entries()) {
        const [start, end] = [starts[index]!, starts[index + 1] ?? Infinity];
        expect({ requests, errors, tokens, quota }).toEqual(
          sumOf(selected.filter(({ at }) => at.getTime() >= start && at.getTime() < end)),
        );
        if (interval !== 'HOUR') expect(localDay(zone, start)).not.toBe(localDay(zone, start - 1));
        expect(end).toBeGreaterThan(start);
      }
      expect(usageSeries!.length > 0).toBe(from < to);
      if (from < to) expect(starts[0]).toBeLessThanOrEqual(from.getTime());
      expect((starts.at(-1) ?? -Infinity) < to.getTime()).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('returns the largest shares and the rest, which add up to the summary (R-133)', async () => {
  await fc.assert(
    fc.asyncProperty(situation, async (given) => {
      const { by, first, times } = given;
      const [filter, fits] = filterOf(given, await record(given));
      const [from, to] = times.toSorted((a, b) => a.getTime() - b.getTime()) as [Date, Date];
      const span = { from: from.toISOString(), to: to.toISOString() };
      const { usageBreakdown } = (await admin.send(Breakdown, { filter: { ...filter, ...span }, by, first })).data;
      const selected = everything.filter((log) => fits(log) && log.at >= from && log.at < to);
      const keyOf = ({ model, callKeyId, accountId }: NewUsageLog) =>
        ({ MODEL: model, CALL_KEY: callKeyId, USER: accountId })[by];
      const shares = [...Map.groupBy(selected, keyOf)]
        .map(([key, logs]) => ({ key, logs, ...sumOf(logs) }))
        .sort((a, b) => b.quota - a.quota || b.requests - a.requests || (a.key < b.key ? -1 : 1));
      const rest = shares.slice(first).flatMap(({ logs }) => logs);
      const expected = [...shares.slice(0, first).map(({ logs }) => logs), ...(rest.length > 0 ? [rest] : [])];
      expect(
        usageBreakdown!.map(({ requests, errors, tokens, quota }) => ({ requests, errors, tokens, quota })),
      ).toEqual(expected.map(sumOf));
      expect(usageBreakdown!.map(({ label }) => label === null)).toEqual(expected.map((logs) => logs === rest));
      if (by === 'MODEL') {
        expect(usageBreakdown!.slice(0, first).map(({ label }) => label)).toEqual(
          shares.slice(0, first).map(({ key }) => key),
        );
      }
      expect(add(usageBreakdown!)).toEqual(sumOf(selected));
    }),
    { numRuns: 60 },
  );
});
