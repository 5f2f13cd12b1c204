import { loadConfig, type Config } from '../config.js';
import type { Database } from '../database/database.js';
import { migrate } from '../database/migrate.js';
import { openDatabase } from '../database/open-database.js';

/** What a command works with: the settings of the server, and its database. */
export interface Machine {
  readonly config: Config;
  readonly database: Database;
  /** The migrations that were applied to bring the database up to date. */
  readonly migrations: readonly string[];
}

/**
 * Opens and migrates the database for a command, and closes it whatever happens.
 *
 * @throws {FolderInUse} while a server holds the embedded database
 */
export async function onMachine<Result>(work: (machine: Machine) => Promise<Result> | Result): Promise<Result> {
  const config = loadConfig();
  const database = await openDatabase(config.database);
  try {
    return await work({ config, database, migrations: await migrate(database) });
  } finally {
    await database.close();
  }
}
