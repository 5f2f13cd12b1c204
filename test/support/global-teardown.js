import { rmSync } from 'node:fs';
import pg from 'pg';

/** Removes the template of this run. */
export default async function removeTemplate() {
  const template = process.env.TEST_TEMPLATE ?? '';
  const url = process.env.TEST_DATABASE_URL;
  if (!url) return rmSync(template, { recursive: true, force: true });
  const server = new pg.Client({ connectionString: url });
  await server.connect();
  await server.query(`drop database if exists ${template} with (force)`);
  await server.end();
}
