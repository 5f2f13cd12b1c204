import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parseKeyRing, newMasterKey } from '../../../src/crypto/key-ring.js';
import { fork } from '../../../src/database/connection/database.js';
import {
  storeWeakPasswordFlag,
  newWeakPasswordFlag,
  readWeakPasswordFlag,
} from '../../../src/features/password/weak-password-flag.js';
import { encryptedColumns } from '../../../src/server/encrypted-columns.js';
import { rotateKeys } from '../../../src/encryption/rotate-keys.js';
import { accountId } from '../security-event/events.js';
import { loginAs } from '../sign-in/login-as.js';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { newUser, signIn, type TestUser } from '../../support/users.js';
import { startPostern, testSettings, type TestPostern } from '../../support/postern.js';
import { watchRowsPerStatement } from '../../support/rows-per-statement.js';
import { newTwoFactorUser, openChallenge, signInWithFactor } from '../../support/two-factor.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

const COMMON = 'password123';

/** Sets a password that was allowed before the list contained it. */
async function withPassword<Someone extends TestUser>(user: Someone, password: string): Promise<Someone> {
  const hash = await postern.app.dependencies.passwords.hash(password);
  await query(postern.database, 'update accounts set password_hash = ? where username = ?', [hash, user.username]);
  return { ...user, password };
}

const noteOf = async ({ username }: TestUser): Promise<string | null> =>
  (
    await query<{ flag: string | null }>(
      postern.database,
      'select password_note_ciphertext as flag from accounts where username = ?',
      [username],
    )
  )[0]!.flag;

async function isFound(client: Client): Promise<boolean> {
  const { data, errors } = await client.send('{ me { securityFindings { code severity mutation } } }');
  expect(errors).toEqual([]);
  const found = (data['me'].securityFindings as { code: string }[]).find(({ code }) => code === 'PASSWORD_COMMON');
  if (found) expect(found).toEqual({ code: 'PASSWORD_COMMON', severity: 'HIGH', mutation: 'changePassword' });
  return found !== undefined;
}

const changePassword = (client: Client, currentPassword: string) =>
  client.send('mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { userErrors { code } } }', {
    input: { currentPassword, newPassword: 'Other-Harbour-72', confirmPassword: 'Other-Harbour-72' },
  });

test('flags a common password at the next sign-in, until it is changed (R-3)', async () => {
  const user = await withPassword(await newUser(postern), COMMON);
  expect(await isFound(user.client)).toBe(false);
  const client = await signIn(postern, user);
  expect(await isFound(client)).toBe(true);
  expect(await changePassword(client, COMMON)).toSucceed();
  expect(await noteOf(user)).toBeNull();
  expect(await isFound(client)).toBe(false);
  expect(await isFound(await signIn(postern, { ...user, password: 'Other-Harbour-72' }))).toBe(false);
});

test('flags a password similar to the username, even with two-factor authentication (R-3)', async () => {
  const user = await newTwoFactorUser(postern);
  await withPassword(user, `${user.username}-1`);
  expect(
    await isFound(
      await signInWithFactor(
        postern,
        { ...user, password: `${user.username}-1` },
        { totpCode: await user.app.nextCode() },
      ),
    ),
  ).toBe(true);
});

test('flags no password that is wrong', async () => {
  const user = await withPassword(await newUser(postern), COMMON);
  expect(await loginAs(postern.client(), { login: user.username, password: 'password1234' })).toBeRefusedWith([
    'INVALID_CREDENTIALS',
  ]);
  expect(await noteOf(user)).toBeNull();
});

test('flags no password of a disabled account in the first sign-in step (R-13)', async () => {
  const user = await withPassword(await newTwoFactorUser(postern), COMMON);
  await query(postern.database, "update accounts set status = 'DISABLED' where username = ?", [user.username]);
  expect(await openChallenge(postern.client(), user)).toMatch(/^psc_/);
  expect(await noteOf(user)).toBeNull();
});

test('hides the weak-password flag from other users of every role (R-8)', async () => {
  const [user, root] = [await withPassword(await newUser(postern), COMMON), await newUser(postern)];
  expect(await isFound(await signIn(postern, user))).toBe(true);
  await query(postern.database, "update accounts set role = 'ROOT' where username = ?", [root.username]);
  const { data } = await root.client.send(
    'query ($id: ID!) { node(id: $id) { ... on User { securityFindings { code } } } }',
    { id: user.id },
  );
  expect(data).toEqual({
    node: { securityFindings: [{ code: 'TWO_FACTOR_OFF' }, { code: 'NO_EMAIL' }, { code: 'NO_PASSKEY' }] },
  });
});

test('stores weak-password flags that look alike for weak and strong passwords (R-91)', async () => {
  const [bad, good] = [await withPassword(await newUser(postern), COMMON), await newUser(postern)];
  await Promise.all([signIn(postern, bad), signIn(postern, good)]);
  const [one, other] = [(await noteOf(bad))!, (await noteOf(good))!];
  expect(one).toMatch(/^v1\.test\.[\w-]{16}\.[\w-]{2}\.[\w-]{22}$/);
  expect(other).toMatch(/^v1\.test\.[\w-]{16}\.[\w-]{2}\.[\w-]{22}$/);
  await signIn(postern, good);
  expect(await noteOf(good)).toBe(other);
});

test('ignores a weak-password flag copied from another account, and replaces it (R-91)', async () => {
  const [bad, good] = [await withPassword(await newUser(postern), COMMON), await newUser(postern)];
  await signIn(postern, bad);
  await query(postern.database, 'update accounts set password_note_ciphertext = ? where username = ?', [
    await noteOf(bad),
    good.username,
  ]);
  expect(await isFound(good.client)).toBe(false);
  await signIn(postern, good);
  const keys = parseKeyRing(testSettings.ENCRYPTION_KEYS);
  expect(readWeakPasswordFlag(keys, await accountId(postern.database, good.username), await noteOf(good))).toBe(false);
});

test('stores no weak-password flag if the password is changed in the meantime', async () => {
  const user = await newUser(postern);
  const id = await accountId(postern.database, user.username);
  const account = { id, username: user.username, email: null, passwordHash: 'a previous hash', weakPasswordFlag: null };
  const flag = await newWeakPasswordFlag(postern.app.dependencies, account, COMMON);
  expect(flag).not.toBeNull();
  await storeWeakPasswordFlag({ em: fork(postern.database) }, account, flag);
  expect(await noteOf(user)).toBeNull();
});

test('deletes the weak-password flags of older keys on key rotation, and keeps newer ones (R-92)', async () => {
  const user = await newUser(postern);
  await signIn(postern, user);
  await rotateKeys(fork(postern.database), parseKeyRing(testSettings.ENCRYPTION_KEYS), encryptedColumns);
  expect(await noteOf(user)).not.toBeNull();
  await rotateKeys(
    fork(postern.database),
    parseKeyRing(`${newMasterKey(new Date())},${testSettings.ENCRYPTION_KEYS}`),
    encryptedColumns,
  );
  expect(await noteOf(user)).toBeNull();
});

test('deletes weak-password flags on key rotation in statements of at most 500 rows (R-92)', async () => {
  const user = await newUser(postern);
  await signIn(postern, user);
  await query(
    postern.database,
    "insert into accounts (id, username, role, status, created_at, password_note_ciphertext) select gen_random_uuid(), 'noted' || n, 'USER', 'ACTIVE', now(), 'v1.older.a.b.c' from generate_series(1, 1001) n",
  );
  const changedConcurrently = await watchRowsPerStatement(postern.database, 'accounts', 'update');
  await rotateKeys(fork(postern.database), parseKeyRing(testSettings.ENCRYPTION_KEYS), encryptedColumns);
  expect(
    await query(postern.database, "select 1 from accounts where password_note_ciphertext like 'v1.older.%'"),
  ).toEqual([]);
  expect(await changedConcurrently()).toEqual([500, 500, 1]);
  expect(await noteOf(user)).not.toBeNull();
});
