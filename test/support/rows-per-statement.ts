import type { Database } from '../../src/database/connection/database.js';
import { query } from './database.js';

/**
 * Records how many rows of a table each statement updates or deletes from now on. @returns a function that reads the
 * counts, without statements that matched no row
 */
export async function watchRowsPerStatement(
  database: Database,
  table: string,
  event: 'update' | 'delete',
): Promise<() => Promise<number[]>> {
  const name = `${table}_at_once`;
  await query(database, `create table ${name} (n serial, rows int)`);
  await query(
    database,
    `create function ${name}() returns trigger language plpgsql as $$ begin insert into ${name} (rows) select count(*) from met; return null; end $$`,
  );
  await query(
    database,
    `create trigger ${name} after ${event} on ${table} referencing old table as met for each statement execute function ${name}()`,
  );
  return async () =>
    (await query<{ rows: number }>(database, `select rows from ${name} where rows > 0 order by n`)).map(
      ({ rows }) => rows,
    );
}
