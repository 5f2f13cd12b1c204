import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { openRaceDatabase } from '../support/race-database.js';
import { registerAt } from '../support/registrations.js';
import { cleanUp, migratedFolder, runCommand, startServer, temporaryFolder } from '../support/server-process.js';

afterEach(cleanUp);

test('disables an account on a running server from its next request on (R-56)', async () => {
  const database = await openRaceDatabase();
  const settings = { DATABASE_URL: database.url };
  const server = await startServer(settings);
  const { client, username } = await registerAt(server);
  const isIn = async () => (await client.send('{ me { username } }')).data?.['me'] != null;
  expect(await isIn()).toBe(true);
  expect(await runCommand(['users', 'disable', username, '--reason', 'a test'], settings)).toMatchObject({ code: 0 });
  expect(await isIn()).toBe(false);
  expect(await runCommand(['check'], settings)).toMatchObject({
    code: 2,
    stdout: expect.stringContaining('OK   database: PostgreSQL at '),
  });
  await cleanUp();
  await database.drop();
});

test('keeps users signed in after a move from the embedded database to PostgreSQL', async () => {
  const [from, backup, database] = [
    { DATA_DIR: migratedFolder() },
    join(temporaryFolder(), 'postern.backup'),
    await openRaceDatabase({ empty: true }),
  ];
  const to = { DATABASE_URL: database.url };
  const server = await startServer(from);
  const { token, username } = await registerAt(server);
  await server.process.stop();
  for (const [argv, settings] of [
    [['backup', backup], from],
    [['restore', backup], to],
  ] as const)
    expect(await runCommand(argv, settings)).toMatchObject({ code: 0, stderr: '' });
  const there = await startServer(to);
  expect((await Object.assign(there.client(), { token }).send('{ me { username } }')).data).toEqual({
    me: { username },
  });
  await cleanUp();
  await database.drop();
});
