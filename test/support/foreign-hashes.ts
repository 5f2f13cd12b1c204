import { pbkdf2Sync, randomBytes, scryptSync } from 'node:crypto';
import { hashSync } from '@node-rs/bcrypt';
import { argon2d, argon2i, argon2id, hash } from 'argon2';

/** Base64 as in PHC strings, without padding. */
const toPhcBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replaceAll('=', '');

/** A bcrypt hash with the lowest cost. The versions differ in their names only. */
export const bcryptHash = (password: string, version: '2a' | '2b' | '2y' = '2b'): string =>
  hashSync(password, 4).replace(/^\$2b/, `$${version}`);

/** A scrypt hash in PHC form. The result has 64 bytes. */
export function scryptHash(password: string, { N, r, p }: Readonly<Record<'N' | 'r' | 'p', number>>): string {
  const salt = randomBytes(16);
  const result = scryptSync(password, salt, 64, { N, r, p, maxmem: 2 ** 28 });
  return `$scrypt$ln=${Math.log2(N)},r=${r},p=${p}$${toPhcBase64(salt)}$${toPhcBase64(result)}`;
}

/** A PBKDF2 hash in PHC form, as Keycloak computes it. The result has 64 bytes. */
export function pbkdf2Hash(password: string, digest: 'sha1' | 'sha256' | 'sha512', iterations: number): string {
  const salt = randomBytes(16);
  const result = pbkdf2Sync(password, salt, iterations, 64, digest);
  const name = digest === 'sha1' ? 'pbkdf2' : `pbkdf2-${digest}`;
  return `$${name}$i=${iterations}$${toPhcBase64(salt)}$${toPhcBase64(result)}`;
}

/** One hash of each format that other systems store, of the same password. */
export const foreignHashes: Readonly<Record<string, (password: string) => string | Promise<string>>> = {
  'bcrypt $2a$': (password) => bcryptHash(password, '2a'),
  'bcrypt $2b$': (password) => bcryptHash(password, '2b'),
  'bcrypt $2y$': (password) => bcryptHash(password, '2y'),
  scrypt: (password) => scryptHash(password, { N: 1_024, r: 8, p: 1 }),
  'scrypt of Better Auth': (password) => scryptHash(password, { N: 16_384, r: 16, p: 1 }),
  'PBKDF2 with SHA-1': (password) => pbkdf2Hash(password, 'sha1', 1_000),
  'PBKDF2 with SHA-256': (password) => pbkdf2Hash(password, 'sha256', 1_000),
  'PBKDF2 with SHA-512': (password) => pbkdf2Hash(password, 'sha512', 1_000),
  'argon2id of Keycloak': (password) =>
    hash(password, { type: argon2id, memoryCost: 7_168, timeCost: 5, parallelism: 1 }),
  argon2i: (password) => hash(password, { type: argon2i, memoryCost: 1_024, timeCost: 3, parallelism: 1 }),
  argon2d: (password) => hash(password, { type: argon2d, memoryCost: 1_024, timeCost: 3, parallelism: 1 }),
};
