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
import { goodPassword, newPerson, newUsername, type Person } from '../../support/people.js';
import { startPostern, type TestPostern } from '../../support/postern.js';

/** The minimum settings. */
const floor = { ARGON2_MEMORY_KIB: '19456', ARGON2_ITERATIONS: '2', ARGON2_PARALLELISM: '1' };

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern(floor);
});
afterAll(() => postern.close());

const storeHash = ({ username }: Person, phc: string) =>
  query(postern.database, 'update accounts set password_hash = ? where username = ?', [phc, username]);

/** A hash with the minimum settings. */
const today = /^\$argon2id\$v=19\$m=19456,(?:t=2,p=1|p=1,t=2)\$/;

const weaker = (password: string) => hash(password, { type: argon2id, memoryCost: 8_192, timeCost: 2, parallelism: 1 });

test('stores a password only as an Argon2id PHC string (R-4)', async () => {
  const { username } = await newPerson(postern);
  const phc = await storedHash(postern.database, username);
  expect(phc).toMatch(today);
  const [, , , , salt, tag] = phc!.split('$');
  expect([Buffer.from(salt!, 'base64').length, Buffer.from(tag!, 'base64').length]).toEqual([16, 32]);
  expect(JSON.stringify(await stored(postern.database))).not.toContain(goodPassword);
});

test('stores different salts and hashes for two accounts with one password (R-4)', async () => {
  const [one, other] = [await newPerson(postern), await newPerson(postern)];
  expect(one.password).toBe(other.password);
  const parts = await Promise.all(
    [one, other].map(async ({ username }) => (await storedHash(postern.database, username))!.split('$')),
  );
  expect(parts[0]![4]).not.toBe(parts[1]![4]);
  expect(parts[0]![5]).not.toBe(parts[1]![5]);
});

test('hashes with the default parameters when none are set (R-4)', async () => {
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
])('rejects %s=%s at startup (R-4)', async (name, value) => {
  await expect(startPostern({ [name]: value })).rejects.toThrow(new RegExp(name));
});

test.each([
  'm=1048577,t=2,p=1',
  'm=4294967295,t=2,p=1',
  'm=19456,t=4294967295,p=1',
  'm=19456,t=2,p=1,t=4294967295',
  'm=1048576,t=1,p=131072',
  'm=19456,t=2',
])('rejects a stored hash that requires %s without running it, and changes nothing (R-4)', async (parameters) => {
  const person = await newPerson(postern);
  const phc = (await storedHash(postern.database, person.username))!.replace(/m=[^$]+/, parameters);
  await storeHash(person, phc);
  const before = await stored(postern.database);
  expect(await loginAs(postern.client(), { login: person.username, password: person.password })).toBeRefusedWith([
    'INVALID_CREDENTIALS',
  ]);
  expect(await stored(postern.database)).toEqual(before);
});

test('rehashes the password at sign-in when its hash has weaker parameters (R-5)', async () => {
  const person = await newPerson(postern);
  await storeHash(person, await weaker(person.password));
  expect(await loginAs(postern.client(), { login: person.username, password: person.password })).toSucceed();
  const renewed = await storedHash(postern.database, person.username);
  expect(renewed).toMatch(today);
  expect(await loginAs(postern.client(), { login: person.username, password: person.password })).toSucceed();
  expect(await storedHash(postern.database, person.username)).toBe(renewed);
});

test('keeps a hash of weaker parameters when the password is wrong (R-5)', async () => {
  const person = await newPerson(postern);
  const old = await weaker(person.password);
  await storeHash(person, old);
  expect(await loginAs(postern.client(), { login: person.username, password: 'something else' })).toBeRefusedWith([
    'INVALID_CREDENTIALS',
  ]);
  expect(await storedHash(postern.database, person.username)).toBe(old);
});

test('keeps a password that was changed while the old hash was being upgraded (R-5)', async () => {
  const person = await newPerson(postern);
  await storeHash(person, await weaker(person.password));
  const {
    database,
    app: {
      instruments: { passwords },
    },
  } = postern;
  const asItWasRead = await findAccountForSignIn(database.reader, person.username);
  const changed = await passwords.hash('the new password');
  await storeHash(person, changed);
  await refreshPasswordHash({ em: fork(database), passwords } as RuleContext, asItWasRead!, person.password);
  expect(await storedHash(database, person.username)).toBe(changed);
  expect(await loginAs(postern.client(), { login: person.username, password: 'the new password' })).toSucceed();
  expect(await loginAs(postern.client(), { login: person.username, password: person.password })).toBeRefusedWith([
    'INVALID_CREDENTIALS',
  ]);
});
