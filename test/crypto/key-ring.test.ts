import { hkdfSync } from 'node:crypto';
import { inspect } from 'node:util';
import { expect, test } from '@jest/globals';
import { deriveKey, newMasterKey, parseKeyRing } from '../../src/crypto/key-ring.js';
import { keyedHash, matchesKeyedHash } from '../../src/crypto/keyed-hash.js';

const ring = () => parseKeyRing(newMasterKey(new Date()));

test('generates valid keys that are all different', () => {
  expect(ring()[0].bytes).toHaveLength(32);
  expect(new Set(Array.from({ length: 1_000 }, () => newMasterKey(new Date()))).size).toBe(1_000);
});

test('derives a different key for each purpose (R-91)', () => {
  const [key] = ring();
  const derived = (
    ['verification-code', 'two-factor-secret', 'api-token', 'api-token-lookup', 'event-seal', 'password-note'] as const
  ).map((purpose) => deriveKey(key, purpose).export().toString('hex'));
  expect(new Set([...derived, key.bytes.toString('hex')]).size).toBe(7);
});

test('derives each key once, with HKDF (RFC 5869), and never prints it (R-91, R-98)', () => {
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

test('matches a keyed hash only with the same strings, purpose and key', () => {
  const keys = ring();
  const stored = keyedHash(keys, 'verification-code', 'ab', 'c');
  expect(matchesKeyedHash(stored, keys, 'verification-code', 'ab', 'c')).toBe(true);
  expect(matchesKeyedHash(stored, keys, 'verification-code', 'a', 'bc')).toBe(false);
  expect(matchesKeyedHash(stored, keys, 'verification-code', 'ab', 'd')).toBe(false);
  expect(matchesKeyedHash(stored, keys, 'api-token', 'ab', 'c')).toBe(false);
  expect(matchesKeyedHash(stored, ring(), 'verification-code', 'ab', 'c')).toBe(false);
  expect(matchesKeyedHash('', keys, 'verification-code', 'ab', 'c')).toBe(false);
});

test('matches a hash made with an older key after a newer key is added (R-92)', () => {
  const [older] = ring();
  const [newest] = ring();
  const stored = keyedHash([older], 'verification-code', 'code');
  expect(matchesKeyedHash(stored, [newest, older], 'verification-code', 'code')).toBe(true);
  expect(matchesKeyedHash(stored, [newest], 'verification-code', 'code')).toBe(false);
});
