// Configuration of MikroORM's command line, e.g. `npm run migration:create`. It compares the entities with a migrated
// database: that of DATABASE_URL, or a temporary one.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TSMigrationGenerator } from '@mikro-orm/migrations';
import { loadConfig } from './src/config/config.js';
import { embeddedOptions, openPglite } from './src/database/connection/embedded.js';
import { postgresqlOptions } from './src/database/connection/postgresql.js';
import { migrate } from './src/database/migrate/migrate.js';

/** The way back is written by hand: MikroORM would rebuild every partitioned table for it. */
class ForwardMigrationGenerator extends TSMigrationGenerator {
  override generateMigrationFile(className: string, { up }: { readonly up: string[] }): string {
    return super.generateMigrationFile(className, { up, down: [] });
  }
}

const { url } = loadConfig().database;
const options = url ? postgresqlOptions(url) : embeddedOptions(await makeMigratedDatabase());

export default { ...options, migrations: { ...options.migrations, generator: ForwardMigrationGenerator } };

/** @returns the directory of a migrated database, which is deleted when the command ends */
async function makeMigratedDatabase(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'postern-migrations-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const database = await openPglite(directory);
  await migrate(database);
  await database.close();
  return directory;
}
