import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey, type KeyPurpose, type KeyRing, type MasterKey } from './key-ring.js';

const hmac = (key: MasterKey, purpose: KeyPurpose, parts: readonly string[]) =>
  createHmac('sha256', deriveKey(key, purpose)).update(JSON.stringify(parts)).digest('base64url');

/**
 * HMAC-SHA-256 of strings with the newest key, for values that are too short to be hashed without one, such as
 * six-digit codes. The strings are hashed as a list, so that different lists never hash alike.
 */
export const keyedHash = ([newest]: KeyRing, purpose: KeyPurpose, ...parts: readonly string[]): string =>
  hmac(newest, purpose, parts);

/** The hashes with every key of the ring, to look up what was stored with an older key. */
export const keyedHashes = (ring: KeyRing, purpose: KeyPurpose, ...parts: readonly string[]): string[] =>
  ring.map((key) => hmac(key, purpose, parts));

/** Whether a stored hash matches these strings with any key of the ring, compared in constant time. */
export function matchesKeyedHash(
  stored: string,
  ring: KeyRing,
  purpose: KeyPurpose,
  ...parts: readonly string[]
): boolean {
  const storedBytes = Buffer.from(stored);
  return keyedHashes(ring, purpose, ...parts)
    .map((hash) => Buffer.from(hash))
    .reduce(
      (found, hash) => (hash.length === storedBytes.length && timingSafeEqual(hash, storedBytes)) || found,
      false,
    );
}
