import type { EntityManager } from '../../database/connection/database.js';
import {
  PartitionsInUse,
  makePartitions,
  monthOf,
  oldestOpenMonth,
} from '../../database/partition/monthly-partitions.js';
import { deleteExpired, type ExpiringRows, type Sweep } from '../../database/sweep/sweep.js';
import { EARLIEST_MS } from './usage-entry.js';
import { purgeUsage } from './purge-usage.js';

/** Deleted call keys of which no more calls are recorded; one that comes exactly this late still is. */
const expiredDeletedCallKeys: ExpiringRows = {
  table: 'deleted_call_keys',
  key: 'id',
  expiry: 'deleted_at',
  retentionMs: EARLIEST_MS + 1,
};

/**
 * Makes the partitions of the months ahead, before anything else can fail. Forgets deleted call keys, and drops the
 * months that are older than usage is kept (`USAGE_RETENTION_MONTHS`; 0 keeps everything).
 */
export async function sweepUsage(em: EntityManager, now: Date, retentionMonths: number): Promise<void> {
  await makePartitions(em, now);
  await deleteExpired(em, expiredDeletedCallKeys, now);
  if (retentionMonths === 0) return;
  const [kept, open] = [monthOf(now, -retentionMonths), oldestOpenMonth(now)];
  await purgeUsage(em, kept < open ? kept : open, now).catch((error: unknown) => {
    // A backup is being made; the next sweep finds it done.
    if (!(error instanceof PartitionsInUse)) throw error;
  });
}

/** Usage is kept in partitions by month (docs/decisions/018-usage-log-partitions.md). */
export const usageMonths: Sweep = {
  name: 'usage',
  run: (em, now, { usageRetentionMonths }) => sweepUsage(em, now, usageRetentionMonths),
};
