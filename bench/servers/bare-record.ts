import pg from 'pg';
import { serveReports } from './bare-reports.ts';
import { record } from './management-by-hand.ts';

/**
 * Records usage with the same statements and no GraphQL: locks the keys, inserts rows, charges the calls and updates
 * the totals in one transaction. It validates nothing.
 */
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'] });
await serveReports(pool, (entries) => record(pool, entries));
