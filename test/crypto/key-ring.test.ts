import { hkdfSync } from 'node:crypto';
import { inspect } from 'node:util';
import { expect, test } from '@jest/globals';
import { deriveKey, newMasterKey, parseKeyRing } from '../../src/crypto/key-ring.js';
import { keyedHash, matchesKeyedHash } from '../../src/crypto/keyed-hash.js';

const ring = () => parseKeyRing(newMasterKey(new Date()));

test('a generated key is one that is accepted, and no two are alike', () => {
  expect(ring()[0].bytes).toHaveLength(32);
  expect(new Set(Array.from({ length: 1_000 }, () => newMasterKey(new Date()))).size).toBe(1_000);
});

test('each purpose has a key of its own (R-91)', () => {
  const [key] = ring();
  const derived = (
    ['verification-code', 'two-factor-secret', 'api-token', 'api-token-lookup', 'event-seal', 'password-note'] as const
  ).map((purpose) => deriveKey(key, purpose).export().toString('hex'));
  expect(new Set([...derived, key.bytes.toString('hex')]).size).toBe(7);
});

test('a key is derived once for each key of a ring, as HKDF has it (RFC 5869), and nothing that is written of it shows what is in it (R-91, R-98)', () => {
  const [[one], [other]] = [ring(), ring()];
  const key = deriveKey(one, 'event-seal');
  expect(key.export()).toEqual(Buffer.from(hkdfSync('sha256', one.bytes, '', 'postern:event-seal', 32)));
  expect(deriveKey(one, 'event-seal')).toBe(key);
  expect(deriveKey({ ...one, bytes: other.bytes }, 'event-seal').equals(key)).toBe(false);
  for (const text of [JSON.stringify(key), inspect(key, { depth: 9, showHidden: true })]) {
    for (const form of ['hex', 'base64', 'base64url', 'latin1'] as const)
      expect(text).not.toContain(key.export().toString(form));
  }
});

test('a keyed hash is of just those strings, that purpose, and that key', () => {
  const keys = ring();
  const stored = keyedHash(keys, 'verification-code', 'ab', 'c');
  expect(matchesKeyedHash(stored, keys, 'verification-code', 'ab', 'c')).toBe(true);
  expect(matchesKeyedHash(stored, keys, 'verification-code', 'a', 'bc')).toBe(false);
  expect(matchesKeyedHash(stored, keys, 'verification-code', 'ab', 'd')).toBe(false);
  expect(matchesKeyedHash(stored, keys, 'api-token', 'ab', 'c')).toBe(false);
  expect(matchesKeyedHash(stored, ring(), 'verification-code', 'ab', 'c')).toBe(false);
  expect(matchesKeyedHash('', keys, 'verification-code', 'ab', 'c')).toBe(false);
});

test('what an older key hashed is still known after a newer one came (R-92)', () => {
  const [older] = ring();
  const [newest] = ring();
  const stored = keyedHash([older], 'verification-code', 'code');
  expect(matchesKeyedHash(stored, [newest, older], 'verification-code', 'code')).toBe(true);
  expect(matchesKeyedHash(stored, [newest], 'verification-code', 'code')).toBe(false);
});
