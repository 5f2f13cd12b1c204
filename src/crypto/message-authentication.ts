import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { deriveKey, type KeyPurpose, type KeyRing, type MasterKey } from './key-ring.js';

/**
 * The result of checking a message authentication code. `key missing`: the ring doesn't contain its key, so it can't be
 * checked.
 */
export type Authenticity = 'genuine' | 'forged' | 'key missing';

const computeCode = (key: MasterKey, purpose: KeyPurpose, kind: string, text: string) =>
  createHmac('sha256', deriveKey(key, purpose))
    .update(JSON.stringify([kind, text]))
    .digest('base64url');

/**
 * The message authentication code of a text (HMAC-SHA-256, RFC 2104) with the newest key, as `key.code`. It contains
 * the ID of its key, so that it can be checked after a rotation, and a missing key is detected.
 *
 * @param kind what the text is, so that the code is valid only for this kind
 */
export const authenticationCode = ([newest]: KeyRing, purpose: KeyPurpose, kind: string, text: string): string =>
  `${newest.id}.${computeCode(newest, purpose, kind, text)}`;

/** Whether a text matches its code, compared in constant time. */
export function checkAuthenticationCode(
  stored: string,
  keys: KeyRing,
  purpose: KeyPurpose,
  kind: string,
  text: string,
): Authenticity {
  const [id, code = ''] = stored.split('.');
  const key = keys.find((candidate) => candidate.id === id);
  if (!key) return 'key missing';
  const [actual, expected] = [Buffer.from(code), Buffer.from(computeCode(key, purpose, kind, text))];
  return actual.length === expected.length && timingSafeEqual(actual, expected) ? 'genuine' : 'forged';
}

/** Whether a code was computed with the newest key. */
export const usesNewestKey = ([newest]: KeyRing, stored: string): boolean => stored.split('.')[0] === newest.id;

/** SHA-256 of a list of values. */
export const computeDigest = (values: readonly unknown[]): string =>
  hash('sha256', JSON.stringify(values), 'base64url');
