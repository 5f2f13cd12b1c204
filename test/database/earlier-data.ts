import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fork, type Database } from '../../src/database/connection/database.js';
import { openPglite } from '../../src/database/connection/embedded.js';
import { openPostgresql } from '../../src/database/connection/postgresql.js';
import { createPartitions, toMonth } from '../../src/database/partition/monthly-partitions.js';
import { clonePostgresql } from '../support/clone-postgresql.js';

/** The rows of every table, as they were after one migration. */
export interface MigrationState {
  readonly migration: string;
  readonly tables: Readonly<Record<string, readonly object[]>>;
}

/** The data of one installation after some migrations, with what its user needs to sign in. */
interface EarlierData {
  readonly writtenAt: string;
  readonly username: string;
  readonly totpSecret: string;
  /** Oldest first. */
  readonly states: readonly MigrationState[];
}

/** What is kept in the repository. Its hashes, ciphertexts and seals stay as they were written. */
export const earlierData = JSON.parse(
  readFileSync(join(import.meta.dirname, 'earlier-data.json'), 'utf8'),
) as EarlierData;

/** An empty database, on PostgreSQL when `TEST_DATABASE_URL` is set. */
async function openEmptyDatabase(): Promise<Database> {
  const server = process.env['TEST_DATABASE_URL'];
  if (!server) return openPglite('memory://');
  const copy = await clonePostgresql(server, 'template1');
  const database = await openPostgresql(copy.url);
  return { ...database, close: () => database.close().then(copy.drop) };
}

/** Opens a database as a migration left it. Triggers and foreign keys don't apply to its rows. */
export async function openState({ migration, tables }: MigrationState): Promise<Database> {
  const database = await openEmptyDatabase();
  await database.orm.migrator.up({ to: migration });
  if ('usage_logs' in tables)
    await createPartitions(fork(database), new Date(), toMonth(new Date(earlierData.writtenAt)));
  await fork(database).transactional(async (em) => {
    await em.execute("select set_config('session_replication_role', 'replica', true)");
    for (const [name, rows] of Object.entries(tables))
      await em.execute(`insert into "${name}" select * from json_populate_recordset(null::"${name}", ?::json)`, [
        JSON.stringify(rows),
      ]);
  });
  return database;
}
