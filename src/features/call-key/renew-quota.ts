import type { CalendarPeriod } from '../../calendar-period.js';
import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import type { Viewer } from '../../rules/viewer.js';
import { refuse, refuseAll } from '../../rules/refuse.js';
import { notCounted, periodColumns, quotaPeriodAt } from './quota-period.js';
import { applyPeriodQuota, haveSamePeriods, validatePeriodQuota, type PeriodQuotaChange } from './quota-renewal.js';
import { sumCharges } from './sum-charges.js';

/**
 * Locks a call key and returns the columns of its changed period quota. With other periods than before, what was
 * charged for the current one is summed again, while the lock keeps charges waiting.
 *
 * @throws {RefusedError} with INVALID_VALUE at a missing period or quota, or NOT_FOUND for a key of another owner
 */
export async function renewQuota(context: RuleContext, owner: Viewer, id: string, change: PeriodQuotaChange) {
  const current = await context.em
    .getKysely<Tables>()
    .selectFrom('call_keys')
    .where('id', '=', id)
    .where('account_id', '=', owner.accountId)
    .select(periodColumns)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!current) refuse('NOT_FOUND', 'id');
  const next = applyPeriodQuota(current, change);
  refuseAll(validatePeriodQuota(next));
  const period = quotaPeriodAt(next, context.now);
  return {
    period: next.period,
    period_quota: next.periodQuota,
    period_time_zone: next.periodTimeZone,
    ...(haveSamePeriods(current, next) ? {} : await countAgain(context, { id, accountId: owner.accountId }, period)),
  };
}

/** The columns that count the charges of a period; without a period nothing is counted. */
async function countAgain(
  { em }: RuleContext,
  callKey: { readonly id: string; readonly accountId: string },
  period: CalendarPeriod | null,
) {
  const counters = period ? await sumCharges(em, callKey, period) : notCounted;
  return {
    period_starts_at: counters.periodStartsAt,
    period_used: counters.periodUsed,
    previous_period_starts_at: counters.previousPeriodStartsAt,
    previous_period_used: counters.previousPeriodUsed,
  };
}
