import type { Config } from '../../config/config.js';
import { pendingMigrations } from './applied-migrations.js';
import { fork, type Database } from '../connection/database.js';
import { DatabaseOutdated } from '../queue/job-queue.js';
import { migrate } from './migrate.js';

/**
 * Brings a database up to date where that may happen by the way, and else (`MIGRATE_ON_START=off`) lets nothing work
 * with one that is not.
 *
 * @returns the names of the migrations that this call ran
 * @throws {DatabaseOutdated}
 */
export async function bringUpToDate(
  database: Database,
  { migrateOnStart }: Pick<Config['database'], 'migrateOnStart'>,
): Promise<readonly string[]> {
  if (migrateOnStart) return migrate(database);
  const pending = await pendingMigrations(fork(database));
  if (pending.length > 0) throw new DatabaseOutdated(`these migrations have to run: ${pending.join(', ')}`);
  return [];
}
