import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parseKeyRing } from '../../../src/crypto/key-ring.js';
import { fork } from '../../../src/database/connection/database.js';
import { rotateKeys } from '../../../src/encryption/rotate-keys.js';
import { eraseDeletedUsers } from '../../../src/features/administration/erase-deleted-users.js';
import { encryptedColumns } from '../../../src/server/encrypted-columns.js';
import { sweep } from '../../../src/server/sweeps.js';
import { query } from '../../support/database.js';
import { startPostern, testSettings, type TestPostern } from '../../support/postern.js';
import { startBeside } from '../../support/start-beside.js';
import { goodPassword, newUser, newUsername, signIn, type TestUser } from '../../support/users.js';
import { act } from '../administration/actions.js';
import { newUserOfRole } from '../administration/administrators.js';

const keeping = { RETURN_ORIGINS: 'http://console.example.test' };
const telling = { IDENTITY_AUDIENCES: 'console' };

let postern: TestPostern;
let forgetting: TestPostern;
beforeAll(async () => {
  postern = await startPostern(keeping);
  forgetting = await startBeside(postern, {});
});
afterAll(async () => {
  await forgetting.close();
  await postern.close();
});

const register = async (username: string, on = postern): Promise<string | null> => {
  const { data } = await on
    .client()
    .send('mutation ($input: RegisterInput!) { register(input: $input) { user { id } userErrors { code } } }', {
      input: { username, password: goodPassword, confirmPassword: goodPassword },
    });
  return data['register'].userErrors[0]?.code ?? null;
};
const rename = async ({ client }: Pick<TestUser, 'client'>, username: string): Promise<string | null> => {
  const { data, text } = await client.send(
    'mutation ($input: ChangeUsernameInput!) { changeUsername(input: $input) { userErrors { code } } }',
    { input: { username } },
  );
  if (!data?.['changeUsername']) throw new Error(text);
  return data['changeUsername'].userErrors[0]?.code ?? null;
};
/** Lets the 30 days pass for which each server reserves a name. */
const passReservation = async () => {
  postern.clock.advance({ days: 31 });
  await sweep(postern.database, postern.clock.read());
  expect(await query(postern.database, 'select username from released_usernames')).toEqual([]);
};
const released = async (on = postern) => {
  const user = await newUser(postern);
  expect(await rename({ client: await signIn(on, user) }, newUsername())).toBeNull();
  return user;
};

test('never gives a released username to another account while services may know it (R-125a)', async () => {
  const { username } = await released();
  await passReservation();
  expect(await register(username)).toBe('USERNAME_TAKEN');
  expect(await rename(await newUser(postern), username)).toBe('USERNAME_TAKEN');
  expect(await register(`${username}x`)).toBeNull();
});

test('gives a released username back to the account that had it', async () => {
  const user = await newUser(postern);
  const { username } = user;
  const between = newUsername();
  await rename(user, between);
  await passReservation();
  expect(await rename({ client: await signIn(postern, { ...user, username: between }) }, username)).toBeNull();
});

test('never gives the username of an erased account to another one', async () => {
  const [administrator, user] = [await newUserOfRole(postern, 'ADMIN'), await newUser(postern)];
  await act(administrator.client, 'deleteUser', { userId: user.id });
  postern.clock.advance({ days: 31 });
  const { keys, config } = postern.app.dependencies;
  await eraseDeletedUsers({ em: fork(postern.database), keys, now: postern.clock.read(), config });
  await passReservation();
  expect(await register(user.username)).toBe('USERNAME_TAKEN');
});

test('stores neither the username nor a hash that anyone can compute', async () => {
  const { username } = await released();
  await passReservation();
  const rows = JSON.stringify([
    await query(postern.database, 'select * from retired_usernames'),
    await query(postern.database, 'select * from retired_username_keys'),
  ]);
  expect(rows).not.toContain(`"${username}"`);
  expect(await query(postern.database, 'select id from retired_username_keys')).toHaveLength(1);
});

test('still knows the usernames after the encryption keys were rotated and the old one removed', async () => {
  const { username } = await released();
  await passReservation();
  const newest = 'newest:8l4Y0oS5vVlr0XyYl2b0oXcXG7TnQmT5mE1cQxWqfNQ=';
  const both = parseKeyRing(`${newest},${testSettings.ENCRYPTION_KEYS}`);
  const column = encryptedColumns.filter(({ name }) => name.startsWith('retired_username_keys'));
  expect(await rotateKeys(fork(postern.database), both, column)).toEqual({ reencrypted: 1, remaining: 0 });
  const rotated = await startBeside(postern, { ...keeping, ENCRYPTION_KEYS: newest });
  expect(await register(username, rotated)).toBe('USERNAME_TAKEN');
  await rotated.close();
  await rotateKeys(fork(postern.database), parseKeyRing(`${testSettings.ENCRYPTION_KEYS},${newest}`), column);
});

test('refuses every claim when no key opens the hashes, instead of giving a name away (R-86)', async () => {
  const { username } = await released();
  await passReservation();
  const [row] = await query<{ key_ciphertext: string }>(
    postern.database,
    'select key_ciphertext from retired_username_keys',
  );
  await query(postern.database, "update retired_username_keys set key_ciphertext = 'v1.lost.a.b.c'");
  const answer = await postern
    .client()
    .send('mutation ($input: RegisterInput!) { register(input: $input) { user { id } } }', {
      input: { username, password: goodPassword, confirmPassword: goodPassword },
    });
  expect(answer.errors).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
  expect(await query(postern.database, 'select id from accounts where username = ?', [username])).toEqual([]);
  await query(postern.database, 'update retired_username_keys set key_ciphertext = ?', [row!.key_ciphertext]);
});

test('gives released usernames away after 30 days when no service knows users', async () => {
  const { username } = await released(forgetting);
  expect(await register(username, forgetting)).toBe('USERNAME_TAKEN');
  await passReservation();
  expect(await register(username, forgetting)).toBeNull();
});

test('keeps usernames that were reserved when the setting was made', async () => {
  const { username } = await released(forgetting);
  const started = await startBeside(postern, keeping);
  await started.app.dependencies.background.whenIdle();
  await started.close();
  await passReservation();
  expect(await register(username)).toBe('USERNAME_TAKEN');
});

test('keeps them as well while only identity tokens name users', async () => {
  const issuing = await startBeside(postern, telling);
  const { username } = await released(issuing);
  await passReservation();
  expect(await register(username, issuing)).toBe('USERNAME_TAKEN');
  await issuing.close();
});
