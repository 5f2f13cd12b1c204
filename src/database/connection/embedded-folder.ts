import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What every PostgreSQL data directory contains (PostgreSQL, section "Database File Layout"). */
const REQUIRED = ['PG_VERSION', 'base', 'global/pg_control', 'pg_wal'];

/** The folder of the embedded database has files, but is not whole. Nothing was changed in it. */
export class DamagedFolderError extends Error {
  constructor(folder: string, missing: readonly string[]) {
    super(
      `The database in ${folder} is damaged: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing. Nothing was changed.`,
    );
  }
}

/** Where a data directory has its embedded database. */
export const embeddedFolder = (directory: string): string => join(directory, 'postgres');

/** Whether a data directory contains an embedded database; true, too, if this is not known: opening it says why. */
export function hasEmbedded(directory: string): boolean {
  try {
    statSync(embeddedFolder(directory));
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}

/**
 * Ensures that the folder of an embedded database is empty or whole. PGlite would make a new database in any other one,
 * and every account would be gone.
 *
 * @throws {DamagedFolderError} that names what is missing
 */
export function ensureWhole(folder: string): void {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return;
  const missing = REQUIRED.filter((name) => !existsSync(join(folder, name)));
  if (missing.length > 0) throw new DamagedFolderError(folder, missing);
}
