import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../../src/database/connection/database.js';
import { openPglite } from '../../src/database/connection/embedded.js';
import { openPostgresql } from '../../src/database/connection/postgresql.js';
import type { StatementListener } from '../../src/database/connection/orm-options.js';
import { clonePostgresql } from './clone-postgresql.js';

/**
 * A migrated database for one test file: a copy of the template, on PostgreSQL when `TEST_DATABASE_URL` is set, and
 * through a pooler when `TEST_POOLER_URL` is.
 */
export async function openTestDatabase(listener?: StatementListener): Promise<Database> {
  const server = process.env['TEST_DATABASE_URL'];
  const template = process.env['TEST_TEMPLATE'] ?? '';
  if (!server) return copyEmbedded(template, listener);
  const copy = await clonePostgresql(server, template);
  const database = await openAt(copy.url, listener);
  return { ...database, close: () => database.close().then(copy.drop) };
}

/** Opens a database at its server, or through the pooler that `TEST_POOLER_URL` names. */
function openAt(url: string, listener?: StatementListener): Promise<Database> {
  const pooler = process.env['TEST_POOLER_URL'];
  if (!pooler) return openPostgresql(url, listener);
  const pooled = new URL(pooler);
  pooled.pathname = new URL(url).pathname;
  return openPostgresql(pooled.href, listener, { pooler: 'transaction', sessionUrl: url });
}

async function copyEmbedded(template: string, listener?: StatementListener): Promise<Database> {
  const directory = mkdtempSync(join(tmpdir(), 'postern-test-'));
  // Copying many small files through the thread pool takes ten times as long.
  cpSync(template, directory, { recursive: true });
  const database = await openPglite(directory, listener);
  return { ...database, close: () => database.close().then(() => rmSync(directory, { recursive: true })) };
}

/** Runs a statement and returns its rows, to inspect what no response shows and to create states that no field can. */
export async function query<Row extends object = Record<string, unknown>>(
  database: Database,
  sql: string,
  parameters: unknown[] = [],
): Promise<Row[]> {
  return (await database.orm.em.fork().getConnection().execute(sql, parameters, 'all')) as Row[];
}
