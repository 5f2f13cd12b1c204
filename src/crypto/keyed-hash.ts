import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey, type KeyPurpose, type KeyRing, type MasterKey } from './key-ring.js';

const hmac = (key: MasterKey, purpose: KeyPurpose, values: readonly string[]) =>
  createHmac('sha256', deriveKey(key, purpose)).update(JSON.stringify(values)).digest('base64url');

/**
 * HMAC-SHA-256 of strings with the newest key, for values that are too short to be hashed without one, such as
 * six-digit codes. The strings are hashed as a list, so that no two lists are concatenated to the same input.
 */
export const keyedHash = ([newest]: KeyRing, purpose: KeyPurpose, ...values: readonly string[]): string =>
  hmac(newest, purpose, values);

/** The hashes with every key of the ring, to look up what was stored with an older key. */
export const keyedHashes = (ring: KeyRing, purpose: KeyPurpose, ...values: readonly string[]): string[] =>
  ring.map((key) => hmac(key, purpose, values));

/** Whether a stored hash matches these strings with any key of the ring, compared in constant time. */
export function matchesKeyedHash(
  stored: string,
  ring: KeyRing,
  purpose: KeyPurpose,
  ...values: readonly string[]
): boolean {
  const storedBytes = Buffer.from(stored);
  return keyedHashes(ring, purpose, ...values)
    .map((hash) => Buffer.from(hash))
    .reduce(
      (isMatch, hash) => (hash.length === storedBytes.length && timingSafeEqual(hash, storedBytes)) || isMatch,
      false,
    );
}
