import type { CalendarPeriod } from '../../calendar-period.js';
import type { QuotaPeriod } from '../call-key/call-key.entity.js';
import { quotaPeriodAt, usedInPeriod } from '../call-key/quota-period.js';
import type { ChargedKey } from './charge-call-keys.js';

/** A percentage of a quota that a charge crossed. */
export interface UsageWarning {
  readonly quota: 'TOTAL' | QuotaPeriod;
  readonly percentage: number;
  /** The period of a quota that renews; null for the total. */
  readonly period: CalendarPeriod | null;
}

/**
 * The warnings that a charge causes, the lowest percentages first. Late calls of an earlier period cause none, and no
 * percentage is warned of twice in one period, even if its quota was raised meanwhile.
 */
export const findUsageWarnings = (charged: ChargedKey, now: Date): UsageWarning[] => [
  ...findTotalWarnings(charged),
  ...findPeriodWarnings(charged, now),
];

/** 100 % is what was left and used when the owner last set the quota: charges move quota from left to used. */
function findTotalWarnings({ before: { quotaLeft, quotaUsed, percentages }, quota }: ChargedKey): UsageWarning[] {
  if (quotaLeft === null || quotaLeft === 0n) return [];
  const crossed = findCrossed(percentages, quotaLeft + quotaUsed, quotaUsed, quotaUsed + quota);
  return crossed.map((percentage) => ({ quota: 'TOTAL', percentage, period: null }));
}

function findPeriodWarnings({ before, counters }: ChargedKey, now: Date): UsageWarning[] {
  const { period: unit, periodQuota, percentages, periodWarnings } = before;
  const current = quotaPeriodAt(before, now);
  if (unit === null || periodQuota === null || current === null) return [];
  return [counters.previousPeriodStartsAt, counters.periodStartsAt].flatMap((start) => {
    const period = start && start >= current.from ? quotaPeriodAt(before, start) : null;
    if (!period) return [];
    const [usedBefore, usedAfter] = [usedInPeriod(before, period.from), usedInPeriod(counters, period.from)];
    return findCrossed(percentages, periodQuota, usedBefore, usedAfter)
      .filter((percentage) => !periodWarnings.includes(nameWarning(period, percentage)))
      .map((percentage) => ({ quota: unit, percentage, period }));
  });
}

const findCrossed = (percentages: readonly number[], quota: bigint, before: bigint, after: bigint): number[] =>
  percentages.filter((percentage) => {
    const threshold = BigInt(percentage) * quota;
    return before * 100n < threshold && threshold <= after * 100n;
  });

/** The name under which a key remembers the warning of a period. */
export const nameWarning = ({ from, to }: CalendarPeriod, percentage: number): string =>
  `${from.toISOString()}/${to.toISOString()} ${percentage}`;
