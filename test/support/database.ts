import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Database } from '../../src/database/database.js';
import { openPglite } from '../../src/database/embedded.js';
import { openPostgresql } from '../../src/database/postgresql.js';
import type { StatementListener } from '../../src/database/orm-options.js';

/** A migrated database of one test file's own: a copy of the template, on PostgreSQL where `TEST_DATABASE_URL` is given. */
export async function openTestDatabase(listener?: StatementListener): Promise<Database> {
  const server = process.env['TEST_DATABASE_URL'];
  const template = process.env['TEST_TEMPLATE'] ?? '';
  if (!server) return copyEmbedded(template, listener);
  const copy = await clonePostgresql(server, template);
  const database = await openPostgresql(copy.url, listener);
  return { ...database, close: () => database.close().then(copy.drop) };
}

async function copyEmbedded(template: string, listener?: StatementListener): Promise<Database> {
  const directory = await mkdtemp(join(tmpdir(), 'postern-test-'));
  await cp(template, directory, { recursive: true });
  const database = await openPglite(directory, {}, listener);
  return { ...database, close: () => database.close().then(() => rm(directory, { recursive: true, force: true })) };
}

let copies = 0;

/** Clones a database of a server; `template1` gives an empty one. */
export async function clonePostgresql(serverUrl: string, template: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `postern_test_${process.pid}_${Date.now()}_${copies += 1}`;
  await onServer(serverUrl, `create database ${name} template ${template}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(serverUrl, `drop database if exists ${name} with (force)`) };
}

async function onServer(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Rows of a statement, for looking at what an answer does not show, and for making states that no field makes. */
export async function query<Row extends object = Record<string, unknown>>(database: Database, sql: string, parameters: unknown[] = []): Promise<Row[]> {
  return await database.orm.em.fork().getConnection().execute(sql, parameters, 'all') as Row[];
}
