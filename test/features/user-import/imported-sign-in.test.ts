import { argon2id, hash } from 'argon2';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bcryptHash, foreignHashes, scryptHash } from '../../support/foreign-hashes.js';
import { query } from '../../support/database.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { goodPassword, newAddress, newUsername, signIn } from '../../support/users.js';
import { loginAs, whoAmI } from '../sign-in/login-as.js';
import { stored, storedHash } from '../sign-in/stored.js';
import { importLines, outcomes } from './import-lines.js';

const floor = { ARGON2_MEMORY_KIB: '19456', ARGON2_ITERATIONS: '2', ARGON2_PARALLELISM: '1' };

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern(floor);
});
afterAll(() => postern.close());

/** A hash with the settings of the server, a salt of 16 bytes and a tag of 32. */
const own = /^\$argon2id\$v=19\$m=19456,(?:t=2,p=1|p=1,t=2)\$[\w+/]{22}\$[\w+/]{43}$/;

/** Imports a user with a hash. @returns the username */
async function importWith(passwordHash: string | null, more: object = {}): Promise<string> {
  const username = newUsername();
  expect(outcomes(await importLines(postern, [{ username, passwordHash, ...more }]))).toEqual(['IMPORTED']);
  return username;
}

test.each(Object.entries(foreignHashes))(
  'signs in with an imported hash of %s, and replaces it with Argon2id (R-4, R-5)',
  async (_, make) => {
    const phc = await make(goodPassword);
    const username = await importWith(phc);
    const before = await stored(postern.database);
    expect(await loginAs(postern.client(), { login: username, password: `${goodPassword}!` })).toBeRefusedWith([
      'INVALID_CREDENTIALS',
    ]);
    expect(await stored(postern.database)).toEqual(before);
    expect(await loginAs(postern.client(), { login: username, password: goodPassword })).toSucceed();
    const renewed = await storedHash(postern.database, username);
    expect(renewed).toMatch(own);
    expect(await loginAs(postern.client(), { login: username, password: goodPassword })).toSucceed();
    expect(await storedHash(postern.database, username)).toBe(renewed);
    expect(JSON.stringify([postern.log, await query(postern.database, 'select * from security_events')])).not.toContain(
      phc.slice(-20),
    );
  },
);

test('replaces an imported hash that has the settings of the server and a shorter tag (R-4)', async () => {
  const options = { type: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1, hashLength: 16 } as const;
  const username = await importWith(await hash(goodPassword, options));
  expect(await loginAs(postern.client(), { login: username, password: goodPassword })).toSucceed();
  expect(await storedHash(postern.database, username)).toMatch(own);
});

test('flags a weak imported password at the first sign-in, which replaces the hash too (R-57)', async () => {
  const username = await importWith(bcryptHash('password123'));
  const client = await signIn(postern, { username, password: 'password123' });
  const { data } = await client.send('{ me { securityFindings { code } } }');
  expect(data['me'].securityFindings).toContainEqual({ code: 'PASSWORD_COMMON' });
});

test('lets two sign-ins replace one imported hash at the same time', async () => {
  const username = await importWith(scryptHash(goodPassword, { N: 1_024, r: 8, p: 1 }));
  const clients = await Promise.all([1, 2].map(() => signIn(postern, { username, password: goodPassword })));
  expect(await Promise.all(clients.map(whoAmI))).toEqual([username, username]);
  expect(await storedHash(postern.database, username)).toMatch(own);
});

test('confirms an identity with the password after a hash of another system was stored again', async () => {
  const username = await importWith(bcryptHash(goodPassword));
  const client = await signIn(postern, { username, password: goodPassword });
  await query(postern.database, 'update accounts set password_hash = ? where username = ?', [
    bcryptHash(goodPassword),
    username,
  ]);
  const confirm = (password: string) =>
    client.send('mutation ($input: ConfirmIdentityInput!) { confirmIdentity(input: $input) { userErrors { code } } }', {
      input: { password },
    });
  expect(await confirm('something else')).toBeRefusedWith(['INCORRECT_PASSWORD']);
  expect(await confirm(goodPassword)).toSucceed();
});

test('signs in with the imported address, and refuses a disabled account after the right password (R-13)', async () => {
  const [email, disabledEmail] = [newAddress(), newAddress()];
  const passwordHash = bcryptHash(goodPassword);
  await importWith(passwordHash, { email, emailVerified: true });
  await importWith(passwordHash, { email: disabledEmail, emailVerified: true, status: 'DISABLED' });
  expect(await loginAs(postern.client(), { login: email.toUpperCase(), password: goodPassword })).toSucceed();
  expect(await loginAs(postern.client(), { login: disabledEmail, password: goodPassword })).toBeRefusedWith([
    'ACCOUNT_DISABLED',
  ]);
});

test('accepts no password for a user who was imported without one (R-10)', async () => {
  const username = await importWith(null);
  for (const password of ['', 'null', goodPassword])
    expect(await loginAs(postern.client(), { login: username, password })).toBeRefusedWith(['INVALID_CREDENTIALS']);
});
