import pg from 'pg';
import { clonePostgresql } from './clone-postgresql.js';

/** A PostgreSQL database of one race test file, for several server processes at once. */
export interface RaceDatabase {
  readonly url: string;
  /** Runs a statement beside the servers, and answers its rows. */
  query<Row extends object = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

/**
 * A migrated database, or an empty one, on the PostgreSQL server that `TEST_DATABASE_URL` names: races count nowhere
 * else.
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
