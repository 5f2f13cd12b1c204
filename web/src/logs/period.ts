import { startOfDay, endOfDay } from '../elements/day.js';
import type { UsageInterval } from '../generated/graphql.js';

/** The period that logs are shown for. */
export type Period = 'day' | 'week' | 'month' | 'quarter' | 'custom';

/** Every period, shortest first. */
export const periods: readonly Period[] = ['day', 'week', 'month', 'quarter', 'custom'];

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const lengths: Readonly<Record<Exclude<Period, 'custom'>, number>> = {
  day: DAY_MS,
  week: 7 * DAY_MS,
  month: 30 * DAY_MS,
  quarter: 90 * DAY_MS,
};

/** The longest range by hour, and the longest by day: a series has at most 400 points. */
const MAX_BY_HOUR_MS = 8 * DAY_MS;
const MAX_MS = 398 * DAY_MS;

/** A time range, and the interval of its chart. */
export interface TimeRange {
  readonly from: string;
  /** Null: until now. */
  readonly to: string | null;
  readonly interval: UsageInterval;
}

/**
 * The time range of a period: up to now, or for a custom one from the start of the first day to the end of the last.
 * Invalid days fall back to defaults, and a range that is too long for the chart is shortened at its start.
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
  const [interval, step] = length <= MAX_BY_HOUR_MS ? (['HOUR', HOUR_MS] as const) : (['DAY', DAY_MS] as const);
  return {
    from: new Date(to === null ? Math.floor(from / step) * step : from).toISOString(),
    to: to === null ? null : new Date(to).toISOString(),
    interval,
  };
}
