import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** What a file of `test` calls or reads to open a database. */
const OPENS_DATABASE = /\b(?:TEST_TEMPLATE|TEST_DATABASE_URL|openPostgresql|openEmbedded\w*)\b/;

const IMPORT = /from '(\.[^']+)'|import\('(\.[^']+)'\)/g;

const known = new Map();

/** Whether a file of `test`, or one that it imports from there, opens a database. */
function needsDatabase(path) {
  if (known.has(path)) return known.get(path);
  known.set(path, false);
  const text = readFileSync(path, 'utf8');
  const imports = [...text.matchAll(IMPORT)].map(([, file, lazy]) =>
    resolve(dirname(path), file ?? lazy).replace(/\.js$/, '.ts'),
  );
  const needs =
    OPENS_DATABASE.test(text) ||
    imports.some((file) => /\/test\//.test(file) && existsSync(file) && needsDatabase(file));
  known.set(path, needs);
  return needs;
}

/** Leaves out the tests without a database, which find the same on PostgreSQL as on the embedded one. */
const chooseTests = (paths) => ({ filtered: paths.filter(needsDatabase) });

// Jest loads it as CommonJS.
export { chooseTests as 'module.exports' };
