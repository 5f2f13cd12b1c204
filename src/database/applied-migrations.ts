import { migrations } from '../migrations/index.js';
import type { EntityManager } from './database.js';
import { DatabaseOutdated } from './job-queue.js';

/** The names of the migrations that a database has, in the order in which they ran. */
export async function appliedMigrations(em: EntityManager): Promise<string[]> {
  const rows = await em.execute<{ name: string }[]>('select name from migrations order by name');
  return rows.map(({ name }) => name);
}

/** The names of the migrations that a database lacks, in the order in which they will run. It changes nothing, also in an empty database. */
export async function pendingMigrations(em: EntityManager): Promise<string[]> {
  const [table] = await em.execute<{ there: boolean }[]>("select to_regclass('migrations') is not null as there");
  const applied = table?.there ? await appliedMigrations(em) : [];
  return migrations.map(({ name }) => name).filter((name) => !applied.includes(name));
}

/**
 * Lets nothing work with a database that lacks migrations, where it is not to be brought up to date now.
 *
 * @throws {DatabaseOutdated}
 */
export async function requireUpToDate(em: EntityManager): Promise<void> {
  const pending = await pendingMigrations(em);
  if (pending.length > 0) throw new DatabaseOutdated(`these migrations have to run: ${pending.join(', ')}`);
}
