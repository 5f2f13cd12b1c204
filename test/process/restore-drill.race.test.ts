import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openRaceDatabase, type RaceDatabase } from '../support/race-database.js';
import { cleanUp, temporaryFolder } from '../support/server-process.js';
import { expectWorkingCopy, expectWrongKeysRefused, fillInstallation } from './restored-copy.js';

let database: RaceDatabase;
let copy: RaceDatabase;
beforeAll(async () => {
  [database, copy] = [await openRaceDatabase(), await openRaceDatabase({ empty: true })];
});
afterAll(async () => {
  await cleanUp();
  await database.drop();
  await copy.drop();
});

/** Runs the commands of docs/operations.md that dump and restore, in another folder. */
function dumpAndRestore(): void {
  const commands = readFileSync('docs/operations.md', 'utf8').match(/^pg_(?:dump|restore) .*$/gm) ?? [];
  expect(commands).toHaveLength(2);
  execFileSync('bash', ['-euc', commands.join('\n').replaceAll('/var/backups', temporaryFolder())], {
    env: { ...process.env, DATABASE_URL: database.url, NEW_DATABASE_URL: copy.url },
  });
}

test('opens a database that pg_restore filled from pg_dump with the same keys, and refuses others', async () => {
  const installation = await fillInstallation({ DATABASE_URL: database.url });
  await database.query("insert into pgboss.job (name, data) values ('mail', '{}')");
  dumpAndRestore();
  const settings = { DATABASE_URL: copy.url, DATA_DIR: join(temporaryFolder(), 'none') };
  await expectWrongKeysRefused(settings);
  expect(await copy.query("select id from pgboss.job where name = 'mail'")).toEqual([]);
  await expectWorkingCopy(settings, installation);
});
