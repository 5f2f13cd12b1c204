// Checks that a migrated database matches the entities. It works in memory, and also on a new database of the
// PostgreSQL server that TEST_DATABASE_URL names.
import { openPglite } from '../src/database/connection/embedded.js';
import { migrate } from '../src/database/migrate/migrate.js';
import { openPostgresql } from '../src/database/connection/postgresql.js';
import type { Database } from '../src/database/connection/database.js';
import { clonePostgresql } from '../test/support/clone-postgresql.js';

async function check(name: string, database: Database): Promise<void> {
  try {
    await migrate(database);
    const missing = await database.orm.schema.getUpdateSchemaSQL({ wrap: false });
    if (missing.trim() === '') {
      process.stdout.write(`${name}: the migrations make what the entities describe\n`);
    } else {
      process.stdout.write(`${name}: a migration is missing, for:\n${missing}\n`);
      process.exitCode = 1;
    }
  } finally {
    await database.close();
  }
}

await check('embedded', await openPglite('memory://'));
const server = process.env['TEST_DATABASE_URL'];
if (server) {
  const copy = await clonePostgresql(server, 'template1');
  await check('PostgreSQL', await openPostgresql(copy.url));
  await copy.drop();
}
