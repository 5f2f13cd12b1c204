import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openPglite } from '../../dist/database/connection/embedded.js';
import { migrate } from '../../dist/database/migrate/migrate.js';

const root = join(import.meta.dirname, '../..');
const cache = join(root, 'node_modules/.cache/postern');

/** What determines a database: the migrations, the code that runs them and the versions of its libraries. */
const makers = [
  'dist/migrations/**/*.js',
  'dist/database/**/*.js',
  'package-lock.json',
  'test/support/embedded-template.js',
];

function fingerprint() {
  const hash = createHash('sha256');
  for (const file of globSync(makers, { cwd: root }).sort()) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex').slice(0, 16);
}

/**
 * The folder of a migrated embedded database, to be copied only. It is cached between runs, because creating it takes
 * longer than most test files, and recreated when its inputs change.
 */
export async function embeddedTemplate() {
  const name = `template-${fingerprint()}`;
  const template = join(cache, name);
  if (existsSync(template)) return template;
  mkdirSync(cache, { recursive: true });
  for (const other of globSync('template-*', { cwd: cache }))
    if (other !== name) rmSync(join(cache, other), { recursive: true });
  const folder = mkdtempSync(join(cache, 'making-'));
  try {
    await makeTemplate(folder);
    renameSync(folder, template);
  } catch (error) {
    rmSync(folder, { recursive: true });
    // Another run may have been faster.
    if (!existsSync(template)) throw error;
  }
  return template;
}

async function makeTemplate(folder) {
  const database = await openPglite(folder);
  await migrate(database);
  // PostgreSQL's own templates are two thirds of the files, and nothing uses them.
  for (const sql of [
    'update pg_database set datistemplate = false',
    'drop database template0',
    'drop database template1',
    'checkpoint',
  ]) {
    await database.client.query({ text: sql, values: [] });
  }
  await database.close();
}
