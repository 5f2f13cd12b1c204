import pg from 'pg';
import { serveReports } from './bare-reports.ts';
import { insertStatement, type HeldKey } from './usage-statements.ts';

/**
 * The minimum that a Node process does to record usage: it authenticates the caller and inserts the rows in one
 * statement. It neither charges, adds up nor validates.
 */
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'] });
const keys = new Map(
  (await pool.query<HeldKey>('select id, name, account_id from call_keys')).rows.map((key) => [key.id, key]),
);
await serveReports(pool, async (entries) => ({
  recorded: (await pool.query(insertStatement(entries, keys))).rowCount,
  duplicates: 0,
}));
