import { argon2id, hash } from 'argon2';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fork } from '../../../src/database/connection/database.js';
import { refreshPasswordHash } from '../../../src/features/sign-in/refresh-password-hash.js';
import { findAccountForSignIn } from '../../../src/features/sign-in/find-account-for-sign-in.js';
import type { RuleContext } from '../../../src/rules/context.js';
import { loginAs } from '../sign-in/login-as.js';
import { stored, storedHash } from '../sign-in/stored.js';
import { registerAs } from '../sign-up/sign-up-as.js';
import { query } from '../../support/database.js';
import { goodPassword, newUser, newUsername, type TestUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';

/** The minimum settings. */
const floor = { ARGON2_MEMORY_KIB: '19456', ARGON2_ITERATIONS: '2', ARGON2_PARALLELISM: '1' };

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern(floor);
});
afterAll(() => postern.close());

const storeHash = ({ username }: TestUser, phc: string) =>
  query(postern.database, 'update accounts set password_hash = ? where username = ?', [phc, username]);

/** A hash with the minimum settings. */
const today = /^\$argon2id\$v=19\$m=19456,(?:t=2,p=1|p=1,t=2)\$/;

const weaker = (password: string) => hash(password, { type: argon2id, memoryCost: 8_192, timeCost: 2, parallelism: 1 });

test('stores a password only as an Argon2id PHC string (R-4)', async () => {
  const { username } = await newUser(postern);
  const phc = await storedHash(postern.database, username);
  expect(phc).toMatch(today);
  const [, , , , salt, tag] = phc!.split('$');
  expect([Buffer.from(salt!, 'base64').length, Buffer.from(tag!, 'base64').length]).toEqual([16, 32]);
  expect(JSON.stringify(await stored(postern.database))).not.toContain(goodPassword);
});

test('stores different salts and hashes for two accounts with one password (R-4)', async () => {
  const [one, other] = [await newUser(postern), await newUser(postern)];
  expect(one.password).toBe(other.password);
  const parts = await Promise.all(
    [one, other].map(async ({ username }) => (await storedHash(postern.database, username))!.split('$')),
  );
  expect(parts[0]![4]).not.toBe(parts[1]![4]);
  expect(parts[0]![5]).not.toBe(parts[1]![5]);
});

test('hashes passwords with the default parameters when none are set (R-4)', async () => {
  const defaults = await startPostern({ ARGON2_MEMORY_KIB: '', ARGON2_ITERATIONS: '', ARGON2_PARALLELISM: '' });
  try {
    const username = newUsername();
    expect(await registerAs(defaults.client(), { username })).toSucceed();
    expect((await storedHash(defaults.database, username))!.split('$')[3]!.split(',').sort()).toEqual([
      'm=65536',
      'p=4',
      't=3',
    ]);
    expect(await loginAs(defaults.client(), { login: username, password: goodPassword })).toSucceed();
    expect(await loginAs(defaults.client(), { login: username, password: `${goodPassword}!` })).toBeRefusedWith([
      'INVALID_CREDENTIALS',
    ]);
  } finally {
    await defaults.close();
  }
});

test.each([
  ['ARGON2_MEMORY_KIB', '19455'],
  ['ARGON2_ITERATIONS', '1'],
  ['ARGON2_PARALLELISM', '0'],
  ['ARGON2_MEMORY_KIB', '1048577'],
  ['ARGON2_ITERATIONS', '21'],
])('rejects the hash parameter %s=%s at startup (R-4)', async (name, value) => {
  await expect(startPostern({ [name]: value })).rejects.toThrow(new RegExp(name));
});

test.each([
  'm=1048577,t=2,p=1',
  'm=4294967295,t=2,p=1',
  'm=19456,t=4294967295,p=1',
  'm=19456,t=2,p=1,t=4294967295',
  'm=1048576,t=1,p=131072',
  'm=19456,t=2',
])('rejects a stored hash that requires %s before any hashing, and changes nothing (R-4)', async (parameters) => {
  const user = await newUser(postern);
  const phc = (await storedHash(postern.database, user.username))!.replace(/m=[^$]+/, parameters);
  await storeHash(user, phc);
  const before = await stored(postern.database);
  expect(await loginAs(postern.client(), { login: user.username, password: user.password })).toBeRefusedWith([
    'INVALID_CREDENTIALS',
  ]);
  expect(await stored(postern.database)).toEqual(before);
});

test('rehashes the password at sign-in when its hash has weaker parameters (R-5)', async () => {
  const user = await newUser(postern);
  await storeHash(user, await weaker(user.password));
  expect(await loginAs(postern.client(), { login: user.username, password: user.password })).toSucceed();
  const renewed = await storedHash(postern.database, user.username);
  expect(renewed).toMatch(today);
  expect(await loginAs(postern.client(), { login: user.username, password: user.password })).toSucceed();
  expect(await storedHash(postern.database, user.username)).toBe(renewed);
});

test('keeps a hash with weaker parameters when the password is wrong (R-5)', async () => {
  const user = await newUser(postern);
  const old = await weaker(user.password);
  await storeHash(user, old);
  expect(await loginAs(postern.client(), { login: user.username, password: 'something else' })).toBeRefusedWith([
    'INVALID_CREDENTIALS',
  ]);
  expect(await storedHash(postern.database, user.username)).toBe(old);
});

test('keeps a password that was changed while the old hash was being upgraded (R-5)', async () => {
  const user = await newUser(postern);
  await storeHash(user, await weaker(user.password));
  const {
    database,
    app: {
      dependencies: { passwords },
    },
  } = postern;
  const asItWasRead = await findAccountForSignIn(database.reader, user.username);
  const changed = await passwords.hash('the new password');
  await storeHash(user, changed);
  await refreshPasswordHash({ em: fork(database), passwords } as RuleContext, asItWasRead!, user.password);
  expect(await storedHash(database, user.username)).toBe(changed);
  expect(await loginAs(postern.client(), { login: user.username, password: 'the new password' })).toSucceed();
  expect(await loginAs(postern.client(), { login: user.username, password: user.password })).toBeRefusedWith([
    'INVALID_CREDENTIALS',
  ]);
});
