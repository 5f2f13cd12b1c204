import type { EntityManager } from '../../database/connection/database.js';
import { dropPartitions, oldestOpenMonth, type Month } from '../../database/partition/monthly-partitions.js';

/** Calls are still recorded from this month on, so that it has to stay. */
export class MonthStillOpen extends Error {
  constructor(readonly oldestOpen: Month) {
    super('usage is still recorded for this month');
  }
}

/**
 * Removes the logs and totals of all months before one by dropping their partitions, however many rows they hold. What
 * the call keys have used stays counted.
 *
 * @returns the months that are gone now, oldest first
 * @throws {MonthStillOpen} where that would take a month for which calls are still recorded
 * @throws {PartitionsInUse} where usage has been read for a while, as a backup does; earlier months may be gone
 */
export async function purgeUsage(em: EntityManager, before: Month, now: Date): Promise<Month[]> {
  if (before > oldestOpenMonth(now)) throw new MonthStillOpen(oldestOpenMonth(now));
  return dropPartitions(em, before);
}
