import type { EntityManager } from '../../database/connection/database.js';
import {
  PartitionsInUseError,
  createPartitions,
  toMonth,
  oldestOpenMonth,
} from '../../database/partition/monthly-partitions.js';
import { deleteExpired, type ExpiringRows, type Sweep } from '../../database/sweep/sweep.js';
import { MAXIMUM_AGE_MS } from './usage-entry.js';
import { purgeUsage } from './purge-usage.js';

/** Deletes the remaining data of deleted call keys when no more of their calls are accepted. */
const expiredDeletedCallKeys: ExpiringRows = {
  table: 'deleted_call_keys',
  key: 'id',
  expiry: 'deleted_at',
  retentionMs: MAXIMUM_AGE_MS + 1,
};

/**
 * First creates the partitions of the coming months, so that a failure of the other steps can't prevent it. Then
 * deletes expired call keys and drops months past their retention (`POSTERN_USAGE_RETENTION_MONTHS`; 0 keeps
 * everything).
 */
export async function sweepUsage(em: EntityManager, now: Date, retentionMonths: number): Promise<void> {
  await createPartitions(em, now);
  await deleteExpired(em, expiredDeletedCallKeys, now);
  if (retentionMonths === 0) return;
  const [oldestKept, oldestOpen] = [toMonth(now, -retentionMonths), oldestOpenMonth(now)];
  await purgeUsage(em, oldestKept < oldestOpen ? oldestKept : oldestOpen, now).catch((error: unknown) => {
    // A backup is running; the next sweep retries.
    if (!(error instanceof PartitionsInUseError)) throw error;
  });
}

/** Usage is partitioned by month (docs/decisions/018-usage-log-partitions.md). */
export const usageMonths: Sweep = {
  name: 'usage',
  run: (em, now, { usageRetentionMonths }) => sweepUsage(em, now, usageRetentionMonths),
};
