import { afterAll, describe, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cleanUp, migratedFolder, runCommand, startServer, temporaryFolder } from '../support/server-process.js';

describe('while a server holds the embedded database', () => {
  afterAll(cleanUp);

  test('rejects every command that needs the database while a server uses it, and names its process', async () => {
    const settings = { DATA_DIR: migratedFolder() };
    const server = await startServer(settings);
    const backup = join(temporaryFolder(), 'backup');
    const why = ['--reason', 'a reason'];
    const commands = [
      ['users', 'list'],
      ['users', 'show', 'ada'],
      ['users', 'disable', 'ada', ...why],
      ['users', 'enable', 'ada', ...why],
      ['admin', 'reset-two-factor', 'ada', ...why],
      ['service', 'create', '--username', 'gateway'],
      ['keys', 'rotate'],
      ['mail', 'failed'],
      ['events', 'export'],
      ['events', 'verify'],
      ['events', 'seal'],
      ['webhooks', 'list'],
      ['usage', 'purge', '--before', '2020-01'],
      ['backup', backup],
      ['restore', backup],
    ];
    const inUse = `The database in ${settings.DATA_DIR} is in use by process ${server.pid} `;
    while (commands.length > 0) {
      // Each command is a process, so only a few run in parallel.
      await Promise.all(
        commands.splice(0, 3).map(async (argv) => {
          const { code, stdout, stderr } = await runCommand(argv, settings);
          expect({ argv, code, stdout, stderr }).toEqual({
            argv,
            code: 1,
            stdout: '',
            stderr: expect.stringContaining(`The command failed. ${inUse}`),
          });
          expect(stderr).not.toMatch(/^\s+at /m);
        }),
      );
    }
    expect(existsSync(backup)).toBe(false);
    expect(await runCommand(['keys', 'generate'], settings)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d{8}-[0-9a-f]{6}:\S+\n$/),
    });
    expect(await runCommand(['check'], settings)).toMatchObject({
      code: 2,
      stdout: expect.stringContaining(`FAIL database: The check failed. ${inUse}`),
    });
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  });
});

test('`postern check` creates no database, and explains how to create one', async () => {
  const folder = join(temporaryFolder(), 'data');
  const { code, stdout } = await runCommand(['check'], { DATA_DIR: folder });
  expect([code, stdout]).toEqual([
    2,
    expect.stringContaining(
      `FAIL database: no database in ${folder} yet. Start the server or run "postern migrate" to create it.`,
    ),
  ]);
  expect(existsSync(folder)).toBe(false);
});
