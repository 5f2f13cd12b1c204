import { days, hours, minutes, type Milliseconds } from '../../duration.js';
import type { Period } from './usage-total.entity.js';

/** The length of each period (in ms). Days are those of UTC, which all have one length. */
export const PERIOD_MS: Readonly<Record<Period, Milliseconds>> = { HOUR: hours(1), DAY: days(1) };

/** How long a time a rate is of (in ms). */
const RATE_MS = minutes(1);

/** A time from one timestamp to before another. */
export interface Span {
  readonly from: Date;
  readonly to: Date;
}

/** When the hour or the day of a timestamp begins, in UTC. */
export const startOf = (period: Period, time: Date): Date =>
  new Date(Math.floor(time.getTime() / PERIOD_MS[period]) * PERIOD_MS[period]);

/** When the hour or the day of a timestamp ends; the start of one is the end of the one before. */
const endOf = (period: Period, time: Date): Date => startOf(period, new Date(time.getTime() + PERIOD_MS[period] - 1));

/** How many hours or days a time touches. */
export const periodsIn = ({ from, to }: Span, period: Period): number =>
  Math.max(0, Math.ceil((to.getTime() - startOf(period, from).getTime()) / PERIOD_MS[period]));

/** The time of a filter: where it names none, from the first log to past the last one that can be there. */
export const wholeSpan = ({ from, to }: { readonly from: Date | null; readonly to: Date | null }, now: Date): Span => ({
  from: from ?? new Date(0),
  to: to ?? new Date(startOf('DAY', now).getTime() + 2 * PERIOD_MS.DAY),
});

/** The last 60 seconds, this millisecond among them. */
export const lastMinute = (now: Date): Span => ({
  from: new Date(now.getTime() - RATE_MS + 1),
  to: new Date(now.getTime() + 1),
});

/** A time in pieces, each of which is summed from where that is quickest. */
export interface SpanParts {
  /** Whole days and whole hours, of which there are totals. */
  readonly DAY: readonly Span[];
  readonly HOUR: readonly Span[];
  /** What is left at the edges: less than a day or an hour, summed from the logs themselves. */
  readonly logs: readonly Span[];
}

/**
 * Divides a time into the whole periods that there are totals of, the longest first, and the rest. Together they are
 * just that time.
 */
export function divide(span: Span, [period, ...shorter]: readonly Period[]): SpanParts {
  if (span.from >= span.to) return { DAY: [], HOUR: [], logs: [] };
  if (!period) return { DAY: [], HOUR: [], logs: [span] };
  const whole = { from: endOf(period, span.from), to: startOf(period, span.to) };
  if (whole.from >= whole.to) return divide(span, shorter);
  const edges = [
    divide({ from: span.from, to: whole.from }, shorter),
    divide({ from: whole.to, to: span.to }, shorter),
  ];
  const edgeParts = {
    DAY: edges.flatMap(({ DAY }) => DAY),
    HOUR: edges.flatMap(({ HOUR }) => HOUR),
    logs: edges.flatMap(({ logs }) => logs),
  };
  return { ...edgeParts, [period]: [whole] };
}
