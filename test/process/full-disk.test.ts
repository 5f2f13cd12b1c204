import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { findLost, registerAt } from '../support/registrations.js';
import {
  cleanUp,
  launchServer,
  migratedFolder,
  startServer,
  temporaryFolder,
  type ServerProcess,
} from '../support/server-process.js';

afterEach(cleanUp);

const preload = (file: string) => ({
  NODE_OPTIONS: `--import ${pathToFileURL(join(import.meta.dirname, '../support', file)).href}`,
});

const password = 'Quiet-Harbour-71';

/** A server whose disk is full while a file exists. */
function smallDisk() {
  const file = join(temporaryFolder(), 'full');
  return {
    settings: { DATA_DIR: migratedFolder(), FULL_WHILE: file, ...preload('small-disk.js') },
    fill: () => writeFileSync(file, ''),
    empty: () => rmSync(file),
  };
}

const readiness = async ({ url }: ServerProcess) => {
  const response = await fetch(`${url}/readyz`);
  return { status: response.status, text: await response.text() };
};

test('is read-only and not ready while too little disk space is free, and recovers', async () => {
  const disk = smallDisk();
  const server = await startServer(disk.settings);
  const { client, id, username } = await registerAt(server);
  disk.fill();
  await eventually(async () => (await readiness(server)).status === 503, 'a server that is not ready');
  expect((await readiness(server)).text).toContain('too little disk space is free for the database');
  const setLocale = 'mutation { setLocale(input: { locale: ZH }) { userErrors { code } } }';
  const login = 'mutation ($input: LoginInput!) { login(input: $input) { userErrors { code } } }';
  for (const answer of [
    await client.send(setLocale),
    await server.client().send(login, { input: { login: username, password } }),
  ]) {
    expect(answer).toFailWith('SERVICE_UNAVAILABLE');
    expect(answer.status).toBe(503);
  }
  expect((await client.send('{ me { id locale } }')).data).toEqual({ me: { id, locale: 'EN' } });
  disk.empty();
  await eventually(async () => (await readiness(server)).status === 200, 'a server that is ready');
  expect(await client.send(setLocale)).toSucceed();
  expect((await client.send('{ me { locale } }')).data).toEqual({ me: { locale: 'ZH' } });
  expect(await server.process.stop()).toMatchObject({ code: 0, stderr: '' });
});

test('refuses to start with too little disk space, and says how much it needs', async () => {
  const disk = smallDisk();
  disk.fill();
  expect(await launchServer(disk.settings).ended).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(
      /^Postern can't start\. Less than 64 MiB are free in \S+ \(POSTERN_DATA_MIN_FREE_MIB\)/,
    ),
  });
});

test('ends the process when its event loop stands still, and loses nothing that was answered', async () => {
  const settings = { DATA_DIR: migratedFolder() };
  const server = await startServer({ ...settings, ...preload('stand-still.js') });
  const users = await Promise.all(Array.from({ length: 10 }, () => registerAt(server)));
  server.process.child.kill('SIGUSR2');
  // The process handles the signal later, so a first request may still be answered.
  const isSilent = () =>
    fetch(`${server.url}/livez`, { signal: AbortSignal.timeout(3_000) }).then(
      () => false,
      () => true,
    );
  await eventually(isSilent, 'a server whose event loop stands still');
  server.process.child.kill('SIGTERM');
  expect(await server.process.ended).toMatchObject({
    signal: 'SIGKILL',
    stderr: expect.stringContaining('The event loop has stood still for 30 seconds'),
  });
  const next = await startServer(settings);
  expect(await findLost(next, users)).toEqual([]);
});
