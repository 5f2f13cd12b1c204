import pg from 'pg';
import type { Database } from '../../src/database/connection/database.js';
import { openPostgresql } from '../../src/database/connection/postgresql.js';
import { clonePostgresql } from './clone-postgresql.js';

/** A PostgreSQL database for one race test file, shared by several server processes. */
export interface RaceDatabase {
  readonly url: string;
  /** Runs a statement on a separate connection and returns its rows. */
  query<Row extends object = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  /** Opens it as a process of Postern does. */
  open(): Promise<Database>;
  /** Closes what was opened, and drops it. */
  drop(): Promise<void>;
}

/**
 * A migrated or empty database on the PostgreSQL server that `TEST_DATABASE_URL` names. Races are only meaningful
 * there.
 */
export async function openRaceDatabase({ empty = false } = {}): Promise<RaceDatabase> {
  const server = process.env['TEST_DATABASE_URL'];
  if (!server) throw new Error('race tests need TEST_DATABASE_URL, the address of a PostgreSQL server');
  const { url, drop } = await clonePostgresql(server, empty ? 'template1' : (process.env['TEST_TEMPLATE'] ?? ''));
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const opened: Database[] = [];
  return {
    url,
    query: async <Row extends object>(sql: string, parameters: unknown[] = []) =>
      (await client.query<Row>(sql, parameters)).rows,
    open: async () => {
      const database = await openPostgresql(url);
      opened.push(database);
      return database;
    },
    drop: async () => {
      await Promise.all(opened.map((database) => database.close()));
      await client.end();
      await drop();
    },
  };
}
