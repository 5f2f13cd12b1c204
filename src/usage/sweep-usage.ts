import type { EntityManager } from '../database/database.js';
import { makePartitions, monthOf, oldestOpenMonth } from '../database/monthly-partitions.js';
import { purgeUsage } from './purge-usage.js';

/**
 * Looks after the months of usage: makes the partitions of those ahead, and removes those that are older than usage is
 * kept (`USAGE_RETENTION_MONTHS`; 0 keeps everything).
 */
export async function sweepUsage(em: EntityManager, now: Date, retentionMonths: number): Promise<void> {
  await makePartitions(em, now);
  if (retentionMonths === 0) return;
  const [kept, open] = [monthOf(now, -retentionMonths), oldestOpenMonth(now)];
  await purgeUsage(em, kept < open ? kept : open, now);
}
