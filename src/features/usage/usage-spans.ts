import { PERIOD_MS, beginOf } from './period.js';
import type { Period } from './usage-total.entity.js';

/** A time from one moment to before another. */
export interface Span {
  readonly from: Date;
  readonly to: Date;
}

/** A time in pieces, each of which is summed from where that is quickest. */
export interface Pieces {
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
export function divide(span: Span, [period, ...shorter]: readonly Period[]): Pieces {
  if (span.from >= span.to) return { DAY: [], HOUR: [], logs: [] };
  if (!period) return { DAY: [], HOUR: [], logs: [span] };
  const whole = { from: endOf(period, span.from), to: beginOf(period, span.to) };
  if (whole.from >= whole.to) return divide(span, shorter);
  const edges = [
    divide({ from: span.from, to: whole.from }, shorter),
    divide({ from: whole.to, to: span.to }, shorter),
  ];
  const ofEdges = {
    DAY: edges.flatMap(({ DAY }) => DAY),
    HOUR: edges.flatMap(({ HOUR }) => HOUR),
    logs: edges.flatMap(({ logs }) => logs),
  };
  return { ...ofEdges, [period]: [whole] };
}

/** When the period that a moment is in ends; a moment at the beginning of one is at the end of the one before. */
const endOf = (period: Period, moment: Date): Date =>
  beginOf(period, new Date(moment.getTime() + PERIOD_MS[period] - 1));
