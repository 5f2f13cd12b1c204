import pg from 'pg';
import { migrate } from '../../dist/database/migrate/migrate.js';
import { openPostgresql } from '../../dist/database/connection/postgresql.js';
import { embeddedTemplate } from '../support/embedded-template.js';

// This runs outside of Jest's module system, so it imports the build.

/** Migrates one template database. Every test file gets a copy. */
export default async function prepareTemplate() {
  const url = process.env.TEST_DATABASE_URL;
  process.env.TEST_TEMPLATE = url
    ? await makePostgresqlTemplate(url, `postern_template_${process.pid}_${Date.now()}`)
    : await embeddedTemplate();
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
