import { migrations } from '../../migrations/index.js';
import type { EntityManager } from '../connection/database.js';

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
 */
export async function pendingMigrations(em: EntityManager): Promise<string[]> {
  const applied = (await wasMigrated(em)) ? await appliedMigrations(em) : [];
  return migrations.map(({ name }) => name).filter((name) => !applied.includes(name));
}
