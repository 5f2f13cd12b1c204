import pg from 'pg';

/** Drops this run's template from the PostgreSQL server. The embedded template is kept for the next run. */
export default async function removeTemplate() {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) return;
  const server = new pg.Client({ connectionString: url });
  await server.connect();
  await server.query(`drop database if exists ${process.env.TEST_TEMPLATE} with (force)`);
  await server.end();
}
