import { openEmbedded } from '../../src/database/connection/embedded.js';
import { migrate } from '../../src/database/migrate/migrate.js';
import { migratedFolder } from './server-process.js';

/** A folder with an embedded database that lacks the last migration, removed by `cleanUp`. */
export async function outdatedFolder(): Promise<string> {
  const folder = migratedFolder();
  const database = await openEmbedded(folder);
  await migrate(database);
  await database.orm.migrator.down();
  await database.close();
  return folder;
}
