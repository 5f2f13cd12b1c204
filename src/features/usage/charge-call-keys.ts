import { sql } from 'kysely';
import type { EntityManager } from '../../database/connection/database.js';
import { toArrays } from '../../database/read/to-arrays.js';
import { chargePeriod, quotaPeriodAt, type PeriodCounters } from '../call-key/quota-period.js';
import type { NewUsageLog } from './insert-usage-logs.js';
import type { LockedCallKey, Quotas } from './locked-call-keys.js';

/** A call key that a batch charged: its quotas before, and its counters after. */
export interface ChargedKey {
  readonly before: Quotas;
  /** What the batch charged in total. */
  readonly quota: bigint;
  /** What is charged for the latest periods now. */
  readonly counters: PeriodCounters;
}

/** The columns of a charge, in the order of the statement. */
const totalColumns = { id: 'uuid', quota: 'bigint' } as const;

/** The same with the periods, for a batch that charges a quota that renews. */
const columns = {
  ...totalColumns,
  periodStartsAt: 'timestamptz',
  periodUsed: 'bigint',
  previousPeriodStartsAt: 'timestamptz',
  previousPeriodUsed: 'bigint',
} as const;

const chargeTotal = sql`
  quota_used = quota_used + charge.quota,
  quota_left = case when quota_left is not null then greatest(quota_left - charge.quota, 0) end`;

const setPeriods = sql`
  period_starts_at = charge.period_starts_at,
  period_used = charge.period_used,
  previous_period_starts_at = charge.previous_period_starts_at,
  previous_period_used = charge.previous_period_used`;

/**
 * Charges recorded calls to the total and the period quota of their locked call keys, in one statement. The
 * used quota increases by the full amount. The remaining quota stops at 0, which makes the key EXHAUSTED. Without a
 * quota that renews, the statement leaves the periods alone, so that other keys don't pay for them.
 */
export async function chargeCallKeys(
  em: EntityManager,
  callKeys: ReadonlyMap<string | null, LockedCallKey>,
  logs: readonly NewUsageLog[],
): Promise<readonly ChargedKey[]> {
  const charged = [...Map.groupBy(logs, ({ callKeyId }) => callKeyId)].flatMap(([id, keyLogs]) => {
    const before = callKeys.get(id)?.quotas;
    return before ? [charge(before, keyLogs)] : [];
  });
  const charges = charged.map(({ before: { id }, quota, counters }) => ({ id, quota, ...counters }));
  const statement = charged.some(({ before }) => before.period !== null)
    ? sql`
      update call_keys set ${chargeTotal}, ${setPeriods} from unnest(${toArrays(charges, columns)})
        as charge (id, quota, period_starts_at, period_used, previous_period_starts_at, previous_period_used)
      where call_keys.id = charge.id`
    : sql`
      update call_keys set ${chargeTotal} from unnest(${toArrays(
        charges.map(({ id, quota }) => ({ id, quota })),
        totalColumns,
      )}) as charge (id, quota)
      where call_keys.id = charge.id`;
  await statement.execute(em.getKysely());
  return charged;
}

/** A call belongs to the period that contains its time, however late it is reported. */
function charge(before: Quotas, logs: readonly NewUsageLog[]): ChargedKey {
  const { periodStartsAt, periodUsed, previousPeriodStartsAt, previousPeriodUsed } = before;
  let counters: PeriodCounters = { periodStartsAt, periodUsed, previousPeriodStartsAt, previousPeriodUsed };
  let total = 0n;
  for (const { at, quota } of logs) {
    total += quota;
    const period = quotaPeriodAt(before, at);
    if (period) counters = chargePeriod(counters, period.from, quota);
  }
  return { before, quota: total, counters };
}
