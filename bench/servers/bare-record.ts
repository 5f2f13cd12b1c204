import pg from 'pg';
import { serveReports } from './bare-reports.ts';
import { record } from './management-by-hand.ts';

/**
 * Usage recorded with the same statements and no GraphQL: keys are held, rows inserted, calls charged and added up in
 * one transaction, of which nothing is checked.
 */
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'] });
await serveReports(pool, (entries) => record(pool, entries));
