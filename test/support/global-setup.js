import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openPglite } from '../../dist/database/embedded.js';
import { migrate } from '../../dist/database/migrate.js';
import { openPostgresql } from '../../dist/database/postgresql.js';

// It runs outside of Jest's module system, so it takes the build.

/** Migrates one template database, of which every test file gets a copy. */
export default async function prepareTemplate() {
  const run = `${process.pid}_${Date.now()}`;
  const url = process.env.TEST_DATABASE_URL;
  process.env.TEST_TEMPLATE = url ? await makePostgresqlTemplate(url, `postern_template_${run}`) : await makeEmbeddedTemplate(run);
}

async function makePostgresqlTemplate(serverUrl, name) {
  const server = new pg.Client({ connectionString: serverUrl });
  await server.connect();
  await server.query(`create database ${name}`);
  await server.end();
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const database = await openPostgresql(url.href);
  await migrate(database);
  await database.close();
  return name;
}

async function makeEmbeddedTemplate(run) {
  const directory = join(tmpdir(), `postern-template-${run}`);
  const database = await openPglite(directory, {});
  await migrate(database);
  await database.close();
  return directory;
}
