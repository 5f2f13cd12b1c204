import { readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { cleanUp, launchServer, migratedFolder, runCommand, temporaryFolder } from '../support/server-process.js';

afterEach(cleanUp);

/** The files of the embedded database, with their sizes. */
const filesIn = (directory: string) =>
  readdirSync(join(directory, 'postgres'), { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => [name, statSync(join(directory, 'postgres', name)).size]);

test.each(['PG_VERSION', 'base', 'global/pg_control', 'pg_wal'])(
  'refuses to start on an embedded database without %s, and changes nothing in it',
  async (missing) => {
    const directory = migratedFolder();
    const away = join(temporaryFolder(), 'away');
    renameSync(join(directory, 'postgres', missing), away);
    const before = filesIn(directory);
    const { code, stderr } = await launchServer({ DATA_DIR: directory }).ended;
    expect(code).toBe(1);
    expect(stderr).toContain(`The database in ${join(directory, 'postgres')} is damaged: ${missing} is missing.`);
    expect(stderr).toContain('Nothing was changed.');
    expect(stderr).toContain('postern restore FILE');
    for (const command of [['check'], ['users', 'list'], ['migrate']]) {
      const answer = await runCommand(command, { DATA_DIR: directory });
      expect([command, answer.code === 0]).toEqual([command, false]);
      expect(answer.stdout + answer.stderr).toContain('is damaged');
    }
    expect(filesIn(directory)).toEqual(before);
    renameSync(away, join(directory, 'postgres', missing));
    expect((await runCommand(['users', 'list'], { DATA_DIR: directory })).code).toBe(0);
  },
);

test('refuses to start on a folder that contains something else', async () => {
  const directory = migratedFolder();
  rmSync(join(directory, 'postgres'), { recursive: true });
  renameSync(temporaryFolder(), join(directory, 'postgres'));
  writeFileSync(join(directory, 'postgres', 'notes.txt'), 'a file of the operator');
  const { code, stderr } = await launchServer({ DATA_DIR: directory }).ended;
  expect(code).toBe(1);
  expect(stderr).toContain('PG_VERSION, base, global/pg_control, pg_wal are missing');
  expect(readdirSync(join(directory, 'postgres'))).toEqual(['notes.txt']);
});
