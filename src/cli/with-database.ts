import { loadConfig, type Config } from '../config/config.js';
import { wasMigrated } from '../database/migrate/applied-migrations.js';
import { ensureUpToDate, migrateInSession, requireUpToDate } from '../database/migrate/ensure-up-to-date.js';
import { fork, type Database } from '../database/connection/database.js';
import { hasEmbedded } from '../database/connection/embedded-folder.js';
import { openDatabase } from '../database/connection/open-database.js';
import { CommandError } from './print-result.js';

/** What a command works with: the server's settings and its database. */
export interface CommandContext {
  readonly config: Config;
  readonly database: Database;
  /** Names of the migrations that were applied to bring the database up to date. */
  readonly migrations: readonly string[];
}

/** What a command does with the database before its work. Only the server, `migrate` and `restore` may make one. */
export interface Preparation {
  readonly makesDatabase: boolean;
  /** @returns the names of the migrations that it applied */
  prepare(database: Database, settings: Config['database']): Promise<readonly string[]>;
}

/** Makes or migrates the database, whatever `POSTERN_MIGRATE_ON_START` says. */
export const migrateAlways: Preparation = { makesDatabase: true, prepare: migrateInSession };

/** Makes or migrates an empty database; treats any other one as the start of a server does. */
export const migrateIfEmpty: Preparation = {
  makesDatabase: true,
  prepare: async (database, settings) =>
    (await wasMigrated(fork(database))) ? ensureUpToDate(database, settings) : migrateInSession(database, settings),
};

/** Leaves the database unchanged, whatever its version. */
export const leaveUnchanged: Preparation = { makesDatabase: false, prepare: () => Promise.resolve([]) };

/** Requires that the database exists and is up to date. */
const requireReady: Preparation = {
  makesDatabase: false,
  prepare: async (database) => {
    await requireUpToDate(database);
    return [];
  },
};

/** What to do without a database. */
export const missingDatabase = (directory: string): string =>
  `no database in ${directory} yet. Start the server or run "postern migrate" to create it.`;

/**
 * Opens the database for a command, prepares it, and always closes it.
 *
 * @throws {CommandError} if there is no embedded database, and the command doesn't make one
 * @throws {DirectoryInUseError} while a server uses the embedded database
 * @throws {DatabaseOutdatedError} when migrations are pending, and the command doesn't run them
 */
export async function withDatabase<Result>(
  work: (commandContext: CommandContext) => Promise<Result> | Result,
  { makesDatabase, prepare }: Preparation = requireReady,
): Promise<Result> {
  const config = loadConfig();
  for (const warning of config.warnings) process.stderr.write(`Warning: ${warning}.\n`);
  const { url, directory } = config.database;
  if (!makesDatabase && !url && !hasEmbedded(directory))
    throw new CommandError(`There is ${missingDatabase(directory)}`);
  const database = await openDatabase(config.database);
  try {
    return await work({ config, database, migrations: await prepare(database, config.database) });
  } finally {
    await database.close();
  }
}
