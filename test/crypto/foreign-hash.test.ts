import { beforeAll, describe, expect, test } from '@jest/globals';
import { isImportableHash } from '../../src/crypto/find-hash-verifier.js';
import { createPasswordHashing, type PasswordHashing } from '../../src/crypto/password-hash.js';
import { bcryptHash, foreignHashes, scryptHash } from '../support/foreign-hashes.js';

const password = 'Quiet-Harbour-71';

let passwords: PasswordHashing;
beforeAll(async () => {
  passwords = await createPasswordHashing({ memoryKib: 8, iterations: 1, parallelism: 1 });
});

test.each(Object.entries(foreignHashes))('verifies a hash of %s, and reports it as outdated (R-5)', async (_, make) => {
  const phc = await make(password);
  expect(isImportableHash(phc)).toBe(true);
  expect(await passwords.verify(phc, password)).toBe(true);
  for (const other of ['', 'quiet-Harbour-71', `${password} `, password.slice(0, -1)])
    expect(await passwords.verify(phc, other)).toBe(false);
  expect(passwords.isOutdated(phc)).toBe(true);
});

// Vectors of crypt_blowfish, RFC 7914 (section 12) and RFC 6070.
test.each([
  ['$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW', 'U*U'],
  ['$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW', 'U*U'],
  [
    '$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofLVQylVYT8Pz2LUlwUkKpr55h6F3A1lHkDfzwF7RVdYhw',
    'pleaseletmein',
  ],
  [
    '$pbkdf2$i=4096,l=25$c2FsdFNBTFRzYWx0U0FMVHNhbHRTQUxUc2FsdFNBTFRzYWx0$PS7sT+QchJuAyNg2YsDkSospGpZM8vBwOA',
    'passwordPASSWORDpassword',
  ],
])('verifies the published hash %s', async (phc, published) => {
  expect(await passwords.verify(phc, published)).toBe(true);
});

test('accepts no password of more than 72 bytes for a bcrypt hash, since bcrypt ignores the rest (R-2)', async () => {
  const long = 'é'.repeat(36);
  const phc = bcryptHash(long);
  expect(await passwords.verify(phc, long)).toBe(true);
  expect(await passwords.verify(phc, `${long}x`)).toBe(false);
  expect(await passwords.verify(bcryptHash(`${long}x`), `${long}x`)).toBe(false);
});

test('accepts no password with a NUL for a bcrypt hash, since some libraries end there (R-2)', async () => {
  const phc = bcryptHash('harbour');
  for (const other of ['harbour\0', 'harbour\0and more', '\0']) expect(await passwords.verify(phc, other)).toBe(false);
  expect(await passwords.verify(bcryptHash('harbour\0'), 'harbour\0')).toBe(false);
});

test('accepts both forms of a password for a scrypt hash, which other systems make of NFKC', async () => {
  const typed = 'Ｑuiet Ha\u0308rbour ﬁ';
  const ofNfkc = scryptHash(typed.normalize('NFKC'), { N: 16, r: 1, p: 1 });
  const ofNfc = scryptHash(typed.normalize('NFC'), { N: 16, r: 1, p: 1 });
  for (const phc of [ofNfkc, ofNfc]) expect(await passwords.verify(phc, typed)).toBe(true);
});

/** The shortest of several times of each work, in turns, so that the load of the machine affects all alike (in ms). */
async function shortestTimes(works: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  const shortest = works.map(() => Infinity);
  for (let round = 0; round < 6; round += 1)
    for (const [index, work] of works.entries()) {
      const start = performance.now();
      await work();
      shortest[index] = Math.min(shortest[index]!, performance.now() - start);
    }
  return shortest;
}

test('verifies a cheap hash no faster than an unknown name, also with other parameters (R-14)', async () => {
  const expensive = await createPasswordHashing({ memoryKib: 32_768, iterations: 2, parallelism: 1 });
  const cheap = [scryptHash(password, { N: 16, r: 1, p: 1 }), await passwords.hash(password)];
  const attempts = cheap.flatMap((phc) => [password, 'something else'].map((typed) => [phc, typed] as const));
  const [unknown, ...known] = await shortestTimes(
    [[null, password] as const, ...attempts].map(
      ([phc, typed]) =>
        () =>
          expensive.verify(phc, typed),
    ),
  );
  for (const time of known) expect(time).toBeGreaterThan(unknown! * 0.7);
});

describe('rejects without running it', () => {
  const bytes = (length: number) => 'A'.repeat(Math.ceil((length * 4) / 3));
  const [salt, result] = [bytes(16), bytes(64)];
  // Each of the costly ones would take minutes or gigabytes if it ran.
  test.each([
    ['bcrypt with a cost of 15', `$2b$15$${'.'.repeat(53)}`],
    ['bcrypt with a cost of 31', `$2b$31$${'.'.repeat(53)}`],
    ['bcrypt with a cost of 3', `$2b$03$${'.'.repeat(53)}`],
    ['bcrypt marked as broken', `$2x$10$${'.'.repeat(53)}`],
    ['bcrypt cut off', `$2b$10$${'.'.repeat(52)}`],
    ['scrypt with 256 MiB', `$scrypt$ln=18,r=8,p=1$${salt}$${result}`],
    ['scrypt with N = 2^99', `$scrypt$ln=99,r=8,p=1$${salt}$${result}`],
    ['scrypt with 99 lanes', `$scrypt$ln=17,r=8,p=99$${salt}$${result}`],
    ['scrypt with N = 1', `$scrypt$ln=0,r=8,p=1$${salt}$${result}`],
    ['scrypt without blocks', `$scrypt$ln=14,r=0,p=1$${salt}$${result}`],
    ['scrypt without lanes', `$scrypt$ln=14,r=8,p=0$${salt}$${result}`],
    ['scrypt with a salt of 4 bytes', `$scrypt$ln=14,r=8,p=1$${bytes(4)}$${result}`],
    ['scrypt with a salt of 100 bytes', `$scrypt$ln=14,r=8,p=1$${bytes(100)}$${result}`],
    ['scrypt with a result of 4 bytes', `$scrypt$ln=14,r=8,p=1$${salt}$${bytes(4)}`],
    ['scrypt with a result of 1 MB', `$scrypt$ln=14,r=8,p=1$${salt}$${bytes(1_000_000)}`],
    ['PBKDF2 with 9,999,999 iterations', `$pbkdf2-sha256$i=9999999$${salt}$${result}`],
    ['PBKDF2 with 1,100,000 iterations for two blocks', `$pbkdf2-sha256$i=1100000$${salt}$${result}`],
    ['PBKDF2 without iterations', `$pbkdf2-sha256$i=0$${salt}$${result}`],
    ['PBKDF2 with MD5', `$pbkdf2-md5$i=1000$${salt}$${result}`],
    ['PBKDF2 with another length than its result', `$pbkdf2-sha512$i=1000,l=32$${salt}$${result}`],
    ['Argon2 with 2 GiB', `$argon2id$v=19$m=2097152,t=1,p=1$${salt}$${result}`],
    ['Argon2 with 21 passes', `$argon2d$v=19$m=1024,t=21,p=1$${salt}$${result}`],
    ['Better Auth’s own form', `${'0'.repeat(32)}:${'0'.repeat(128)}`],
    ['MD5', '5f4dcc3b5aa765d61d8327deb882cf99'],
    ['SHA-512 crypt', `$6$rounds=5000$${salt}$${result}`],
    ['the password itself', password],
    ['nothing', ''],
  ])('%s (R-4)', async (_, phc) => {
    expect(isImportableHash(phc)).toBe(false);
    expect(await passwords.verify(phc, password)).toBe(false);
  });
});
