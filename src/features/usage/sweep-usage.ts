import { DeletedCallKeyEntity } from '../call-key/deleted-call-key.entity.js';
import type { EntityManager } from '../../database/connection/database.js';
import {
  PartitionsInUse,
  makePartitions,
  monthOf,
  oldestOpenMonth,
} from '../../database/partition/monthly-partitions.js';
import { EARLIEST_MS } from './usage-entry.js';
import { purgeUsage } from './purge-usage.js';

/**
 * Looks after the months of usage: makes the partitions of those ahead, before anything else could fail, and removes
 * those that are older than usage is kept (`USAGE_RETENTION_MONTHS`; 0 keeps everything). Forgets deleted call keys of
 * which no more calls are taken.
 */
export async function sweepUsage(em: EntityManager, now: Date, retentionMonths: number): Promise<void> {
  await makePartitions(em, now);
  await em.nativeDelete(DeletedCallKeyEntity, { deletedAt: { $lt: new Date(now.getTime() - EARLIEST_MS) } });
  if (retentionMonths === 0) return;
  const [kept, open] = [monthOf(now, -retentionMonths), oldestOpenMonth(now)];
  await purgeUsage(em, kept < open ? kept : open, now).catch((error: unknown) => {
    // A backup is being made; the next sweep finds it done.
    if (!(error instanceof PartitionsInUse)) throw error;
  });
}
