import { randomBytes } from 'node:crypto';
import { argon2id, hash } from 'argon2';
import { beforeAll, expect, test } from '@jest/globals';
import { createPasswordHashing, type PasswordHashing } from '../../src/crypto/password-hash.js';
import { loadConfig } from '../../src/config/config.js';

const floor = { memoryKib: 19_456, iterations: 2, parallelism: 1 };
const password = 'Quiet-Harbour-71';

let passwords: PasswordHashing;
beforeAll(async () => {
  passwords = await createPasswordHashing(floor);
});

function parts(phc: string) {
  const [, algorithm, version, parameters, salt, tag] = phc.split('$');
  return { algorithm, version, parameters, salt: Buffer.from(salt!, 'base64'), tag: Buffer.from(tag!, 'base64') };
}

test('hashes passwords with Argon2id at 65,536 KiB, 3 passes and 4 lanes by default (R-4)', async () => {
  const defaults = await createPasswordHashing(loadConfig({}).argon2);
  const phc = await defaults.hash(password);
  const { algorithm, version, parameters, salt, tag } = parts(phc);
  expect({ algorithm, version }).toEqual({ algorithm: 'argon2id', version: 'v=19' });
  expect(parameters!.split(',').sort()).toEqual(['m=65536', 'p=4', 't=3']);
  expect([salt.length, tag.length]).toEqual([16, 32]);
  expect(await defaults.verify(phc, password)).toBe(true);
  expect(await defaults.verify(phc, `${password}!`)).toBe(false);
  expect(defaults.isOutdated(phc)).toBe(false);
});

test('uses a new salt for each hash (R-4)', async () => {
  const [one, other] = await Promise.all([passwords.hash(password), passwords.hash(password)]);
  expect(parts(one).salt).not.toEqual(parts(other).salt);
  expect(parts(one).tag).not.toEqual(parts(other).tag);
});

test('distinguishes passwords of lone surrogates (R-2)', async () => {
  const phc = await passwords.hash('\ud800\ud801 Harbour');
  expect(await passwords.verify(phc, '\ud800\ud801 Harbour')).toBe(true);
  for (const other of ['\ud900\ud901 Harbour', '\ufffd\ufffd Harbour', '\uffffd800\uffffd801 Harbour'])
    expect(await passwords.verify(phc, other)).toBe(false);
});

test('rejects every password when there is no hash (R-10, R-14)', async () => {
  expect(await passwords.verify(null, password)).toBe(false);
  expect(await passwords.verify(null, '')).toBe(false);
});

const [salt, tag] = [
  randomBytes(16).toString('base64').replaceAll('=', ''),
  randomBytes(32).toString('base64').replaceAll('=', ''),
];

// Each of these would take hours, gigabytes or a hundred thousand threads if it ran.
test.each([
  ['more than 1 GiB', '$argon2id$v=19$m=1048577,t=2,p=1'],
  ['4 TiB', '$argon2id$v=19$m=4294967295,t=1,p=1'],
  ['more than 20 passes', '$argon2id$v=19$m=19456,t=21,p=1'],
  ['4,294,967,295 passes', '$argon2id$v=19$m=19456,t=4294967295,p=1'],
  ['passes before memory', '$argon2id$v=19$t=4294967295,m=19456,p=1'],
  ['a modest number of passes first and 4,294,967,295 after it', '$argon2id$v=19$m=19456,t=2,p=1,t=4294967295'],
  ['a modest size first and 4 TiB after it', '$argon2id$v=19$m=19456,t=2,p=1,m=4294967295'],
  ['131,072 lanes', '$argon2id$v=19$m=1048576,t=1,p=131072'],
  ['65 lanes', '$argon2id$v=19$m=19456,t=2,p=65'],
  ['no memory', '$argon2id$v=19$t=2,p=1'],
  ['no passes', '$argon2id$v=19$m=19456,p=1'],
  ['another version', '$argon2id$v=16$m=19456,t=2,p=1'],
  ['no version', '$argon2id$m=19456,t=2,p=1'],
  ['another algorithm', '$argon3id$v=19$m=19456,t=2,p=1'],
  ['a costly argon2i', '$argon2i$v=19$m=1048577,t=2,p=1'],
])('rejects a stored password hash with %s without hashing the password (R-4)', async (_, head) => {
  expect(await passwords.verify(`${head}$${salt}$${tag}`, password)).toBe(false);
});

test.each([
  ['nothing', ''],
  ['the password itself', password],
  ['only a head', '$argon2id$v=19$m=19456,t=2,p=1'],
  ['a salt of 4 bytes', `$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$${tag}`],
  ['no tag', `$argon2id$v=19$m=19456,t=2,p=1$${salt}`],
  ['an empty tag', `$argon2id$v=19$m=19456,t=2,p=1$${salt}$`],
  ['a tag of 3 bytes', `$argon2id$v=19$m=19456,t=2,p=1$${salt}$AAAA`],
  ['less memory than its lanes require', `$argon2id$v=19$m=8,t=2,p=4$${salt}$${tag}`],
  ['zero passes', `$argon2id$v=19$m=19456,t=0,p=1$${salt}$${tag}`],
  ['words for numbers', `$argon2id$v=19$m=much,t=often,p=1$${salt}$${tag}`],
  ['an extra part', `$argon2id$v=19$m=19456,t=2,p=1$${salt}$${tag}$${tag}`],
])('rejects every password, without an error, when the stored hash contains %s (R-4)', async (_, phc) => {
  expect(await passwords.verify(phc, password)).toBe(false);
});

test('verifies a password hash with other allowed parameters, and reports it as outdated (R-5)', async () => {
  const phc = await hash(password, { type: argon2id, memoryCost: 32_768, timeCost: 4, parallelism: 2 });
  const reordered = phc.replace('m=32768,p=2,t=4', 'm=32768,t=4,p=2');
  expect(reordered).not.toBe(phc);
  for (const form of [phc, reordered]) {
    expect(await passwords.verify(form, password)).toBe(true);
    expect(passwords.isOutdated(form)).toBe(true);
  }
});

test('doesn’t report a hash with the configured parameters as outdated (R-5)', async () => {
  expect(passwords.isOutdated(await passwords.hash(password))).toBe(false);
});
