import { loadConfig, type Config } from '../config/config.js';
import { wasMigrated } from '../database/migrate/applied-migrations.js';
import { bringUpToDate } from '../database/migrate/bring-up-to-date.js';
import { fork, type Database } from '../database/connection/database.js';
import { migrate } from '../database/migrate/migrate.js';
import { openDatabase } from '../database/connection/open-database.js';

/** What a command works with: the settings of the server, and its database. */
export interface CommandContext {
  readonly config: Config;
  readonly database: Database;
  /** The migrations that were applied to bring the database up to date. */
  readonly migrations: readonly string[];
}

/** How a command has its database: what it does to it before it works, and the migrations that this ran. */
export type Preparation = (database: Database, settings: Config['database']) => Promise<readonly string[]>;

/** Takes it up to date, whatever `MIGRATE_ON_START` says. */
export const migrated: Preparation = (database) => migrate(database);

/** Takes an empty one, which is filled with tables then, and any other one as a start of the server does. */
export const migratedWhenEmpty: Preparation = async (database, settings) =>
  (await wasMigrated(fork(database))) ? bringUpToDate(database, settings) : migrate(database);

/** Takes it as it is, in whichever version, and changes nothing. */
export const unprepared: Preparation = () => Promise.resolve([]);

/**
 * Opens the database for a command, prepares it, by itself as a start of the server does, and closes it whatever
 * happens.
 *
 * @throws {FolderInUse} while a server holds the embedded database
 * @throws {DatabaseOutdated} where it is not up to date, and `MIGRATE_ON_START` is off
 */
export async function withDatabase<Result>(
  work: (machine: CommandContext) => Promise<Result> | Result,
  prepare: Preparation = bringUpToDate,
): Promise<Result> {
  const config = loadConfig();
  const database = await openDatabase(config.database);
  try {
    return await work({ config, database, migrations: await prepare(database, config.database) });
  } finally {
    await database.close();
  }
}
