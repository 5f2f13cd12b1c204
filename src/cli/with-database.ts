import { loadConfig, type Config } from '../config/config.js';
import { wasMigrated } from '../database/migrate/applied-migrations.js';
import { ensureUpToDate } from '../database/migrate/ensure-up-to-date.js';
import { fork, type Database } from '../database/connection/database.js';
import { migrate } from '../database/migrate/migrate.js';
import { openDatabase } from '../database/connection/open-database.js';

/** What a command works with: the server's settings and its database. */
export interface CommandContext {
  readonly config: Config;
  readonly database: Database;
  /** Names of the migrations that were applied to bring the database up to date. */
  readonly migrations: readonly string[];
}

/** Prepares the database for a command. Returns the names of the migrations it applied. */
export type PrepareDatabase = (database: Database, settings: Config['database']) => Promise<readonly string[]>;

/** Migrates the database, whatever `POSTERN_MIGRATE_ON_START` says. */
export const migrateAlways: PrepareDatabase = (database) => migrate(database);

/** Migrates an empty database; treats any other one as the start of a server does. */
export const migrateIfEmpty: PrepareDatabase = async (database, settings) =>
  (await wasMigrated(fork(database))) ? ensureUpToDate(database, settings) : migrate(database);

/** Leaves the database unchanged, whatever its version. */
export const leaveUnchanged: PrepareDatabase = () => Promise.resolve([]);

/**
 * Opens the database for a command, prepares it (by default like the start of a server), and always closes it.
 *
 * @throws {DirectoryInUseError} while a server uses the embedded database
 * @throws {DatabaseOutdatedError} when migrations are pending and `POSTERN_MIGRATE_ON_START` is off
 */
export async function withDatabase<Result>(
  work: (commandContext: CommandContext) => Promise<Result> | Result,
  prepare: PrepareDatabase = ensureUpToDate,
): Promise<Result> {
  const config = loadConfig();
  for (const warning of config.warnings) process.stderr.write(`Warning: ${warning}.\n`);
  const database = await openDatabase(config.database);
  try {
    return await work({ config, database, migrations: await prepare(database, config.database) });
  } finally {
    await database.close();
  }
}
