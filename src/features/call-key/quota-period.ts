import { calendarPeriodAt, type CalendarPeriod } from '../../calendar-period.js';
import type { QuotaPeriod } from './call-key.entity.js';

/** The columns of the period quota, in the order of a select. */
export const periodColumns = [
  'call_keys.period',
  'call_keys.period_quota as periodQuota',
  'call_keys.period_time_zone as periodTimeZone',
  'call_keys.period_starts_at as periodStartsAt',
  'call_keys.period_used as periodUsed',
  'call_keys.previous_period_starts_at as previousPeriodStartsAt',
  'call_keys.previous_period_used as previousPeriodUsed',
] as const;

/** What was charged for the latest charged period of a key, and for the one charged before it. */
export interface PeriodCounters {
  readonly periodStartsAt: Date | null;
  readonly periodUsed: bigint;
  readonly previousPeriodStartsAt: Date | null;
  readonly previousPeriodUsed: bigint;
}

/** The counters of a key without a period. */
export const notCounted: PeriodCounters = {
  periodStartsAt: null,
  periodUsed: 0n,
  previousPeriodStartsAt: null,
  previousPeriodUsed: 0n,
};

/** How the quota of a key renews. All are null if it has no period quota. */
export interface QuotaRenewal {
  readonly period: QuotaPeriod | null;
  readonly periodTimeZone: string | null;
}

/** The quota period of a key that contains a time; null if its quota doesn't renew. */
export const quotaPeriodAt = ({ period, periodTimeZone }: QuotaRenewal, time: Date): CalendarPeriod | null =>
  period === null || periodTimeZone === null ? null : calendarPeriodAt(period, periodTimeZone, time);

const isSame = (one: Date | null, other: Date): boolean => one?.getTime() === other.getTime();

/** What was charged for the period that starts at a time. A period without a charge has 0, without any write. */
export function usedInPeriod(counters: PeriodCounters, start: Date): bigint {
  if (isSame(counters.periodStartsAt, start)) return counters.periodUsed;
  return isSame(counters.previousPeriodStartsAt, start) ? counters.previousPeriodUsed : 0n;
}

/**
 * The counters after a charge for the period that starts at a time. Two are enough: a call may be 5 minutes ahead, so
 * the current period is the latest charged one or the one before it. Earlier ones are not counted (decision 048).
 */
export function chargePeriod(counters: PeriodCounters, start: Date, quota: bigint): PeriodCounters {
  const { periodStartsAt, previousPeriodStartsAt } = counters;
  if (isSame(periodStartsAt, start)) return { ...counters, periodUsed: counters.periodUsed + quota };
  if (periodStartsAt === null || periodStartsAt < start)
    return {
      periodStartsAt: start,
      periodUsed: quota,
      previousPeriodStartsAt: periodStartsAt,
      previousPeriodUsed: counters.periodUsed,
    };
  if (isSame(previousPeriodStartsAt, start))
    return { ...counters, previousPeriodUsed: counters.previousPeriodUsed + quota };
  if (previousPeriodStartsAt === null || previousPeriodStartsAt < start)
    return { ...counters, previousPeriodStartsAt: start, previousPeriodUsed: quota };
  return counters;
}

/** What a key has used of its current period, and when that ends; 0 and null if its quota doesn't renew. */
export function findPeriodUse(callKey: QuotaRenewal & PeriodCounters, now: Date) {
  const current = quotaPeriodAt(callKey, now);
  return {
    periodUsed: current ? usedInPeriod(callKey, current.from) : 0n,
    periodResetsAt: current ? current.to : null,
  };
}
