import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { cleanUp, launchServer, migratedFolder, startServer, temporaryFolder } from '../support/server-process.js';
import { goodPassword } from '../support/users.js';

afterEach(cleanUp);

const login = 'mutation ($input: LoginInput!) { login(input: $input) { user { username role } userErrors { code } } }';

test('creates the first ROOT from POSTERN_ADMIN_PASSWORD_FILE only once (R-77)', async () => {
  const file = join(temporaryFolder(), 'password');
  writeFileSync(file, `${goodPassword}\n`);
  const settings = { DATA_DIR: migratedFolder(), ADMIN_USERNAME: 'Keeper', ADMIN_PASSWORD_FILE: file };
  const signIn = async (url: string, username: string, password: string) => {
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: login, variables: { input: { login: username, password } } }),
    });
    return ((await answer.json()) as { data: { login: unknown } }).data.login;
  };
  const first = await startServer(settings);
  expect(first.setupToken).toBeNull();
  expect(first.process.stdout).not.toContain(goodPassword);
  expect(await signIn(first.url, 'keeper', goodPassword)).toEqual({
    user: { username: 'keeper', role: 'ROOT' },
    userErrors: [],
  });
  await first.process.stop();

  writeFileSync(file, 'Another-Harbour-72\n');
  const second = await startServer({ ...settings, ADMIN_USERNAME: 'another-keeper' });
  expect(second.setupToken).toBeNull();
  const refused = { user: null, userErrors: [{ code: 'INVALID_CREDENTIALS' }] };
  expect(await signIn(second.url, 'another-keeper', 'Another-Harbour-72')).toEqual(refused);
  expect(await signIn(second.url, 'keeper', 'Another-Harbour-72')).toEqual(refused);
  expect(await signIn(second.url, 'keeper', goodPassword)).toEqual({
    user: { username: 'keeper', role: 'ROOT' },
    userErrors: [],
  });
  await second.process.stop();

  rmSync(file);
  expect((await startServer(settings)).setupToken).toBeNull();
});

test('fails to start when the first ROOT has a bad password or no password file (R-1, R-77)', async () => {
  const file = join(temporaryFolder(), 'password');
  writeFileSync(file, 'Abc-71x');
  const DATA_DIR = migratedFolder();
  const short = await launchServer({ DATA_DIR, ADMIN_USERNAME: 'keeper', ADMIN_PASSWORD_FILE: file }).ended;
  expect(short).toMatchObject({
    code: 1,
    stderr:
      "Postern can't start. Invalid settings:\n  - POSTERN_ADMIN_USERNAME or POSTERN_ADMIN_PASSWORD_FILE: Use at least 8 characters.\n",
  });
  const missing = await launchServer({ DATA_DIR, ADMIN_USERNAME: 'keeper', ADMIN_PASSWORD_FILE: '/nowhere/password' })
    .ended;
  expect(missing).toMatchObject({
    code: 1,
    stderr:
      "Postern can't start. Invalid settings:\n  - POSTERN_ADMIN_PASSWORD_FILE names a file that doesn't exist: /nowhere/password\n",
  });
  expect((await startServer({ DATA_DIR })).setupToken).toMatch(/^psu_/);
});
