import { PERIOD_MS, nearestStart } from './usage-span.js';
import type { Period } from './usage-total.entity.js';

/** Where usage is summed from, finest first. */
export type SumSource = 'logs' | Period;

/**
 * Usage between a bound of the sums and the start of the period nearest to it: on one side of the bound, but counted
 * on the other.
 */
export interface Correction {
  readonly source: SumSource;
  readonly from: Date;
  readonly to: Date;
  /** The index of the bound. The sum of this index begins there, and the one before ends. */
  readonly bound: number;
  /** 1 if this usage belongs to the sum that begins at the bound, -1 if to the one that ends there. */
  readonly sign: 1 | -1;
}

/** How to sum usage between consecutive bounds. */
export interface SumPlan {
  /** The source of almost everything, summed between `bounds`. */
  readonly source: SumSource;
  readonly bounds: readonly Date[];
  readonly corrections: readonly Correction[];
}

/**
 * Plans sums between consecutive bounds, whatever their distances. Each bound is moved to the nearest start of a total,
 * and what lies in between is corrected from a finer source, so a sum reads few logs but is exact (decision 049).
 *
 * @param bounds in ascending order; one more than there are sums
 * @param totals the totals that exist and are not longer than most of the sums, shortest first
 */
export function planSums(bounds: readonly Date[], totals: readonly Period[]): SumPlan {
  const length = Number(bounds.at(-1)) - Number(bounds[0]);
  return totals
    .filter((period) => length >= PERIOD_MS[period])
    .reduce<SumPlan>((plan, period) => moveBounds(plan, period), { source: 'logs', bounds, corrections: [] });
}

function moveBounds({ source, bounds, corrections }: SumPlan, period: Period): SumPlan {
  const added = bounds.flatMap((bound, index): Correction[] => {
    const start = nearestStart(period, bound);
    if (bound.getTime() === start.getTime()) return [];
    return bound < start
      ? [{ source, from: bound, to: start, bound: index, sign: 1 }]
      : [{ source, from: start, to: bound, bound: index, sign: -1 }];
  });
  return {
    source: period,
    bounds: bounds.map((bound) => nearestStart(period, bound)),
    corrections: [...corrections, ...added],
  };
}
