import type { EntityManager } from '../../database/connection/database.js';
import { dropPartitions, oldestOpenMonth, type Month } from '../../database/partition/monthly-partitions.js';

/** Calls of `oldestOpen` and later months can still be recorded, so their partitions must stay. */
export class MonthStillOpenError extends Error {
  constructor(readonly oldestOpen: Month) {
    super('usage is still recorded for this month');
  }
}

/**
 * Drops the partitions of logs and totals of all months before the given one. The used quota of call keys stays.
 *
 * @returns the dropped months, oldest first
 * @throws {MonthStillOpenError} if calls can still be recorded for one of the months
 * @throws {PartitionsInUseError} while something reads usage, e.g. a backup; earlier months may already be dropped
 */
export async function purgeUsage(em: EntityManager, before: Month, now: Date): Promise<Month[]> {
  if (before > oldestOpenMonth(now)) throw new MonthStillOpenError(oldestOpenMonth(now));
  return dropPartitions(em, before);
}
