import pg from 'pg';
import { clonePostgresql } from './clone-postgresql.js';

/** A PostgreSQL database for one race test file, shared by several server processes. */
export interface RaceDatabase {
  readonly url: string;
  /** Runs a statement on a separate connection and returns its rows. */
  query<Row extends object = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<Row[]>;
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
  return {
    url,
    query: async <Row extends object>(sql: string, parameters: unknown[] = []) =>
      (await client.query<Row>(sql, parameters)).rows,
    drop: async () => {
      await client.end();
      await drop();
    },
  };
}
