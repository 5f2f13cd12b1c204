import { beginOfDay, endOfDay } from '../elements/day.js';
import type { UsageInterval } from '../generated/graphql.js';

/** How long a time is looked at. */
export type Period = 'day' | 'week' | 'month' | 'quarter' | 'custom';

/** Every period, the shortest first. */
export const periods: readonly Period[] = ['day', 'week', 'month', 'quarter', 'custom'];

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const lengths: Readonly<Record<Exclude<Period, 'custom'>, number>> = {
  day: DAY_MS,
  week: 7 * DAY_MS,
  month: 30 * DAY_MS,
  quarter: 90 * DAY_MS,
};

/** The longest time that is shown hour by hour, and the longest at all: a series has 400 points at the most. */
const LONGEST_BY_HOUR_MS = 8 * DAY_MS;
const LONGEST_MS = 398 * DAY_MS;

/** A time, and how long a point of its chart is. */
export interface Span {
  readonly from: string;
  /** Null: until now. */
  readonly to: string | null;
  readonly interval: UsageInterval;
}

/**
 * The time of a period that ends now; of one whose days were chosen, from the beginning of the first to the end of the
 * last. Days that are none, and a time that is longer than a chart can show, end or begin where they can.
 */
export function spanOf(period: Period, now: number, from: string, to: string): Span {
  if (period !== 'custom') return span(now - lengths[period], null, lengths[period]);
  const end = orElse(endOfDay(to), now);
  const start = orElse(beginOfDay(from), end - lengths.week);
  const begin = Math.max(Math.min(start, end - HOUR_MS), end - LONGEST_MS);
  return span(begin, end, end - begin);
}

const orElse = (at: number, other: number): number => (Number.isNaN(at) ? other : at);

function span(from: number, to: number | null, length: number): Span {
  const [interval, step] = length <= LONGEST_BY_HOUR_MS ? (['HOUR', HOUR_MS] as const) : (['DAY', DAY_MS] as const);
  return {
    from: new Date(to === null ? Math.floor(from / step) * step : from).toISOString(),
    to: to === null ? null : new Date(to).toISOString(),
    interval,
  };
}
