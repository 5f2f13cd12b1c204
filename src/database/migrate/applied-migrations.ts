import { migrations } from '../../migrations/index.js';
import type { EntityManager } from '../connection/database.js';

/** A newer version of Postern has migrated the database. This one doesn't know what it contains. */
export class DatabaseNewerError extends Error {
  constructor(names: readonly string[]) {
    super(`The database is newer than this version of Postern, which doesn't know ${names.join(', ')}.`);
  }
}

const knownNames = migrations.map(({ name }) => name);

/** The names of the migrations applied to a database, in the order in which they ran. */
export async function appliedMigrations(em: EntityManager): Promise<string[]> {
  const rows = await em.execute<{ name: string }[]>('select name from migrations order by name');
  return rows.map(({ name }) => name);
}

/** Whether migrations ever ran in a database; false for an empty one. */
export async function wasMigrated(em: EntityManager): Promise<boolean> {
  const [table] = await em.execute<{ exists: boolean }[]>("select to_regclass('migrations') is not null as exists");
  return table?.exists ?? false;
}

/**
 * The names of the migrations that a database lacks, in the order in which they will run. Changes nothing, even in an
 * empty database.
 *
 * @throws {DatabaseNewerError} if the database has migrations that this version doesn't know
 */
export async function pendingMigrations(em: EntityManager): Promise<string[]> {
  const applied = (await wasMigrated(em)) ? await appliedMigrations(em) : [];
  const unknown = applied.filter((name) => !knownNames.includes(name));
  if (unknown.length > 0) throw new DatabaseNewerError(unknown);
  return knownNames.filter((name) => !applied.includes(name));
}
