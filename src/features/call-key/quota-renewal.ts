import { invalidValue, type UserError } from '../../rules/refuse.js';
import type { QuotaPeriod } from './call-key.entity.js';
import { callKeyMessages } from './call-key-messages.js';
import type { QuotaRenewal } from './quota-period.js';

/** The period quota of a key: how much, how often and where. */
export interface PeriodQuota extends QuotaRenewal {
  readonly periodQuota: bigint | null;
}

/** A submitted period quota; absent fields stay. */
export interface PeriodQuotaChange {
  readonly period?: QuotaPeriod | null | undefined;
  readonly periodQuota?: bigint | null | undefined;
  readonly periodTimeZone?: string | null | undefined;
}

export const noPeriodQuota: PeriodQuota = { period: null, periodQuota: null, periodTimeZone: null };

const DEFAULT_TIME_ZONE = 'UTC';

/** Whether a change mentions the period quota at all. */
export const changesPeriodQuota = ({ period, periodQuota, periodTimeZone }: PeriodQuotaChange): boolean =>
  period !== undefined || periodQuota !== undefined || periodTimeZone !== undefined;

/**
 * The period quota after a change. Removing the period removes the quota and the zone; otherwise the key keeps what is
 * not given, and its zone is UTC by default.
 */
export function applyPeriodQuota(current: PeriodQuota, change: PeriodQuotaChange): PeriodQuota {
  const period = change.period === undefined ? current.period : change.period;
  const { periodQuota = change.period === null ? null : current.periodQuota } = change;
  return {
    period,
    periodQuota,
    periodTimeZone: period === null ? null : (change.periodTimeZone ?? current.periodTimeZone ?? DEFAULT_TIME_ZONE),
  };
}

/** The error of a period without a quota or a quota without a period, at the missing field. */
export function validatePeriodQuota({ period, periodQuota }: PeriodQuota): UserError[] {
  if ((period === null) === (periodQuota === null)) return [];
  return period === null
    ? [invalidValue(callKeyMessages.missingPeriod, 'period')]
    : [invalidValue(callKeyMessages.missingPeriodQuota, 'periodQuota')];
}

/** Whether two renewals have the same periods. */
export const haveSamePeriods = (one: QuotaRenewal, other: QuotaRenewal): boolean =>
  one.period === other.period && one.periodTimeZone === other.periodTimeZone;
