import { startOfDay, endOfDay } from '../elements/day.js';
import type { UsageInterval } from '../generated/graphql.js';

/** The options for the period of the logs. */
export type Period = 'day' | 'week' | 'month' | 'quarter' | 'custom';

/** All periods, shortest first. */
export const periods: readonly Period[] = ['day', 'week', 'month', 'quarter', 'custom'];

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const lengths: Readonly<Record<Exclude<Period, 'custom'>, number>> = {
  day: DAY_MS,
  week: 7 * DAY_MS,
  month: 30 * DAY_MS,
  quarter: 90 * DAY_MS,
};

/** The longest selected range. Its days would be more points than a chart has. */
const MAX_MS = 1_098 * DAY_MS;

/** The ranges that can be shown by each interval: from a few points up to the 400 that a series has at most. */
const rangesByInterval: Readonly<Record<UsageInterval, readonly [shortest: number, longest: number]>> = {
  HOUR: [0, 8 * DAY_MS],
  DAY: [0, 398 * DAY_MS],
  WEEK: [8 * DAY_MS, MAX_MS],
  MONTH: [60 * DAY_MS, MAX_MS],
};

/** A time range, and the intervals by which its chart can be shown. */
export interface TimeRange {
  readonly from: string;
  /** Null: until now. */
  readonly to: string | null;
  /** Shortest first; the first is the default. */
  readonly intervals: readonly UsageInterval[];
}

/**
 * The time range of a period up to now, or of the selected days. Invalid days are replaced by defaults. A range that is
 * too long for the chart starts later.
 */
export function getTimeRange(period: Period, now: number, from: string, to: string): TimeRange {
  if (period !== 'custom') return toTimeRange(now - lengths[period], null, lengths[period]);
  const end = withFallback(endOfDay(to), now);
  const start = withFallback(startOfDay(from), end - lengths.week);
  const clamped = Math.max(Math.min(start, end - HOUR_MS), end - MAX_MS);
  return toTimeRange(clamped, end, end - clamped);
}

const withFallback = (at: number, other: number): number => (Number.isNaN(at) ? other : at);

function toTimeRange(from: number, to: number | null, length: number): TimeRange {
  const intervals = (Object.keys(rangesByInterval) as UsageInterval[]).filter(
    (interval) => length >= rangesByInterval[interval][0] && length <= rangesByInterval[interval][1],
  );
  return {
    from: new Date(to === null ? startOfLocal(intervals[0] ?? 'DAY', from) : from).toISOString(),
    to: to === null ? null : new Date(to).toISOString(),
    intervals,
  };
}

/** The start of the hour or day of a time, in the browser's time zone. */
function startOfLocal(interval: UsageInterval, time: number): number {
  const start = new Date(time);
  if (interval === 'HOUR') return start.setMinutes(0, 0, 0);
  return start.setHours(0, 0, 0, 0);
}
