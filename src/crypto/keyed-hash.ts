import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey, type KeyPurpose, type KeyRing, type MasterKey } from './key-ring.js';

const hmac = (key: MasterKey, purpose: KeyPurpose, parts: readonly string[]) =>
  createHmac('sha256', deriveKey(key, purpose)).update(JSON.stringify(parts)).digest('base64url');

/**
 * HMAC-SHA-256 of some strings with the newest key: for what is too short to be hashed without one, such as a code of
 * six digits. The strings are kept apart, so that no two lists of them hash alike.
 */
export const keyedHash = ([newest]: KeyRing, purpose: KeyPurpose, ...parts: readonly string[]): string =>
  hmac(newest, purpose, parts);

/** The hashes of some strings with every key of the ring, to look up what an older key made. */
export const keyedHashes = (ring: KeyRing, purpose: KeyPurpose, ...parts: readonly string[]): string[] =>
  ring.map((key) => hmac(key, purpose, parts));

/** Whether a stored hash is of these strings, with any key of the ring; in a time that tells nothing. */
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
