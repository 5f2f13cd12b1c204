import type { Config } from '../../config/config.js';
import { ensureSuitable } from '../connection/ensure-suitable.js';
import { ensureSessionDatabase, openSessionDatabase } from '../connection/session-database.js';
import { pendingMigrations } from './applied-migrations.js';
import { fork, type Database } from '../connection/database.js';
import { DatabaseOutdatedError } from '../queue/job-queue.js';
import { migrate } from './migrate.js';

type DatabaseSettings = Config['database'];

/**
 * Migrates a database, or, with `POSTERN_MIGRATE_ON_START=off`, requires that it is up to date.
 *
 * @returns the names of the migrations that this call ran
 * @throws {DatabaseOutdatedError} if migrations are pending and must not run
 */
export async function ensureUpToDate(database: Database, settings: DatabaseSettings): Promise<readonly string[]> {
  if (settings.migrateOnStart) return migrateInSession(database, settings);
  await ensureSessionDatabase(database, settings);
  await requireUpToDate(database);
  return [];
}

/**
 * Migrates a database, at `POSTERN_DATABASE_SESSION_URL` if it is set.
 *
 * @returns the names of the migrations that it ran
 */
export async function migrateInSession(database: Database, { sessionUrl }: DatabaseSettings): Promise<string[]> {
  if (sessionUrl === null) return migrate(database);
  const session = await openSessionDatabase(database, sessionUrl);
  return migrate(session).finally(session.close);
}

/**
 * Requires that a database is up to date. Changes nothing.
 *
 * @throws {UnsuitableDatabaseError} if Postern can't use the database
 * @throws {DatabaseOutdatedError} if migrations are pending
 * @throws {DatabaseNewerError} if a newer version of Postern migrated it
 */
export async function requireUpToDate(database: Database): Promise<void> {
  await ensureSuitable(database);
  const pending = await pendingMigrations(fork(database));
  if (pending.length > 0) throw new DatabaseOutdatedError(`pending migrations: ${pending.join(', ')}`);
}
