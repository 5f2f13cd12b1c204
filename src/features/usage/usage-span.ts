import { days, hours, minutes, type Milliseconds } from '../../duration.js';
import type { Period } from './usage-total.entity.js';

/** The length of each period. Days are in UTC, so all have the same length. */
export const PERIOD_MS: Readonly<Record<Period, Milliseconds>> = { HOUR: hours(1), DAY: days(1) };

/** The window of per-minute rates. */
const RATE_WINDOW_MS = minutes(1);

/** A time span with an exclusive end. */
export interface TimeSpan {
  readonly from: Date;
  readonly to: Date;
}

/** The start of the hour or day of a timestamp, in UTC. */
export const startOfPeriod = (period: Period, time: Date): Date =>
  new Date(Math.floor(time.getTime() / PERIOD_MS[period]) * PERIOD_MS[period]);

/** The end of the hour or day of a timestamp. A timestamp at the start of a period belongs to the previous one. */
const endOfPeriod = (period: Period, time: Date): Date =>
  startOfPeriod(period, new Date(time.getTime() + PERIOD_MS[period] - 1));

/** The number of hours or days that a span overlaps. */
export const countPeriods = ({ from, to }: TimeSpan, period: Period): number =>
  Math.max(0, Math.ceil((to.getTime() - startOfPeriod(period, from).getTime()) / PERIOD_MS[period]));

/** The time span of a filter; by default, it covers all logs. */
export const toTimeSpan = (
  { from, to }: { readonly from: Date | null; readonly to: Date | null },
  now: Date,
): TimeSpan => ({
  from: from ?? new Date(0),
  to: to ?? new Date(startOfPeriod('DAY', now).getTime() + 2 * PERIOD_MS.DAY),
});

/** The last 60 seconds, including the current millisecond. */
export const lastMinute = (now: Date): TimeSpan => ({
  from: new Date(now.getTime() - RATE_WINDOW_MS + 1),
  to: new Date(now.getTime() + 1),
});

/** The parts of a time span, each summed from the fastest source. */
export interface TimeSpanParts {
  /** Whole days and hours, summed from totals. */
  readonly DAY: readonly TimeSpan[];
  readonly HOUR: readonly TimeSpan[];
  /** The remaining edges, shorter than a period, summed from logs. */
  readonly logs: readonly TimeSpan[];
}

/** Splits a time span into whole periods, as long as possible, and the rest at its edges. */
export function splitTimeSpan(span: TimeSpan, [period, ...shorterPeriods]: readonly Period[]): TimeSpanParts {
  if (span.from >= span.to) return { DAY: [], HOUR: [], logs: [] };
  if (!period) return { DAY: [], HOUR: [], logs: [span] };
  const whole = { from: endOfPeriod(period, span.from), to: startOfPeriod(period, span.to) };
  if (whole.from >= whole.to) return splitTimeSpan(span, shorterPeriods);
  const edges = [
    splitTimeSpan({ from: span.from, to: whole.from }, shorterPeriods),
    splitTimeSpan({ from: whole.to, to: span.to }, shorterPeriods),
  ];
  const edgeParts = {
    DAY: edges.flatMap(({ DAY }) => DAY),
    HOUR: edges.flatMap(({ HOUR }) => HOUR),
    logs: edges.flatMap(({ logs }) => logs),
  };
  return { ...edgeParts, [period]: [whole] };
}
