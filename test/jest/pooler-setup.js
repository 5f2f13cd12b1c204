import { startPgbouncer } from '../support/pgbouncer.ts';
import prepareTemplate from './global-setup.js';

/** Migrates the template and starts PgBouncer before its server. */
export default async function preparePooler() {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) throw new Error('these tests need TEST_DATABASE_URL, the address of a PostgreSQL server');
  await prepareTemplate();
  globalThis.pgbouncer = await startPgbouncer(server, 'transaction');
  process.env.TEST_POOLER_URL = globalThis.pgbouncer.url;
}
