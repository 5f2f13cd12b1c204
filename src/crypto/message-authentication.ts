import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { deriveKey, type KeyPurpose, type KeyRing, type MasterKey } from './key-ring.js';

/** What a message authentication code says of its text. A code whose key is not in the ring says nothing. */
export type Authenticity = 'genuine' | 'forged' | 'key missing';

const computeCode = (key: MasterKey, purpose: KeyPurpose, kind: string, text: string) =>
  createHmac('sha256', deriveKey(key, purpose))
    .update(JSON.stringify([kind, text]))
    .digest('base64url');

/**
 * The message authentication code of a text (HMAC-SHA-256, RFC 2104) with the newest key, as `key.code`. It names its
 * key, so that it can be checked after a rotation, and told apart from one whose key is gone.
 *
 * @param kind what the text is, so that a code of one kind is good for no other
 */
export const authenticationCode = ([newest]: KeyRing, purpose: KeyPurpose, kind: string, text: string): string =>
  `${newest.id}.${computeCode(newest, purpose, kind, text)}`;

/** Whether a text is what its code was made of, in a time that tells nothing. */
export function checkAuthenticationCode(
  stored: string,
  keys: KeyRing,
  purpose: KeyPurpose,
  kind: string,
  text: string,
): Authenticity {
  const [id, code = ''] = stored.split('.');
  const key = keys.find((one) => one.id === id);
  if (!key) return 'key missing';
  const [actual, expected] = [Buffer.from(code), Buffer.from(computeCode(key, purpose, kind, text))];
  return actual.length === expected.length && timingSafeEqual(actual, expected) ? 'genuine' : 'forged';
}

/** Whether a code was made with the newest key. */
export const usesNewestKey = ([newest]: KeyRing, stored: string): boolean => stored.split('.')[0] === newest.id;

/** SHA-256 of a list of values, which are kept apart; lists that differ in anything hash differently. */
export const digestOf = (values: readonly unknown[]): string => hash('sha256', JSON.stringify(values), 'base64url');
