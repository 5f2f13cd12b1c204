import type { Config } from '../../config/config.js';
import { pendingMigrations } from './applied-migrations.js';
import { fork, type Database } from '../connection/database.js';
import { DatabaseOutdatedError } from '../queue/job-queue.js';
import { migrate } from './migrate.js';

/**
 * Migrates a database, or, with `POSTERN_MIGRATE_ON_START=off`, requires that it is up to date.
 *
 * @returns the names of the migrations that this call ran
 * @throws {DatabaseOutdatedError} if migrations are pending and must not run
 */
export async function ensureUpToDate(
  database: Database,
  { migrateOnStart }: Pick<Config['database'], 'migrateOnStart'>,
): Promise<readonly string[]> {
  if (migrateOnStart) return migrate(database);
  const pending = await pendingMigrations(fork(database));
  if (pending.length > 0) throw new DatabaseOutdatedError(`pending migrations: ${pending.join(', ')}`);
  return [];
}
