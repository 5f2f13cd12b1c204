import { sql } from 'kysely';
import { calendarPeriodAt, type CalendarPeriod } from '../../calendar-period.js';
import type { EntityManager } from '../../database/connection/database.js';
import { minimumIdAt } from '../../database/connection/id.js';
import type { PeriodCounters } from './quota-period.js';

/** A call key and its owner. */
interface OwnedKey {
  readonly id: string;
  readonly accountId: string;
}

/** The UTC day of a time. Totals are by such days. */
const dayOf = (time: Date): CalendarPeriod => calendarPeriodAt('DAY', 'UTC', time);

/**
 * Sums what was charged to a key with a time in its current period, and later: calls may be 5 minutes ahead. Whole UTC
 * days come from totals and the rest from logs, so it reads at most 31 totals per model and the logs of two days. Call
 * it while the key's row is locked, so that no charge is missed.
 */
export async function sumCharges(
  em: EntityManager,
  { id, accountId }: OwnedKey,
  { from, to }: CalendarPeriod,
): Promise<PeriodCounters> {
  // The first day that begins in the period, and the one in which it ends.
  const firstDay = dayOf(new Date(from.getTime() - 1)).to;
  const lastDay = new Date(Math.max(dayOf(to).from.getTime(), firstDay.getTime()));
  const { rows } = await sql<{ current: bigint; later: bigint }>`
    select coalesce(sum(quota) filter (where at < ${to}::timestamptz), 0)::bigint as current,
      coalesce(sum(quota) filter (where at >= ${to}::timestamptz), 0)::bigint as later
    from (
      select at, quota from usage_logs
        where call_key_id = ${id}::uuid and id >= ${minimumIdAt(from)}::uuid and id < ${minimumIdAt(firstDay)}::uuid
      union all
      select at, quota from usage_logs where call_key_id = ${id}::uuid and id >= ${minimumIdAt(lastDay)}::uuid
      union all
      select at, quota from usage_totals
        where account_id = ${accountId}::uuid and period = 'DAY' and call_key_id = ${id}::uuid
          and at >= ${firstDay}::timestamptz and at < ${lastDay}::timestamptz
    ) as charge`.execute(em.getKysely());
  const { current = 0n, later = 0n } = rows[0] ?? {};
  return later > 0n
    ? { periodStartsAt: to, periodUsed: later, previousPeriodStartsAt: from, previousPeriodUsed: current }
    : { periodStartsAt: from, periodUsed: current, previousPeriodStartsAt: null, previousPeriodUsed: 0n };
}
