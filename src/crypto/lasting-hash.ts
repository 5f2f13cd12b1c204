import { createHmac, randomBytes } from 'node:crypto';

/** 256 bits, as long as the hash (RFC 2104, section 3). */
const KEY_BYTES = 32;

/** A new key for `lastingHash`, which is stored encrypted. */
export const newLastingKey = (): Buffer => randomBytes(KEY_BYTES);

/**
 * HMAC-SHA-256 with a separate key, for values that are forgotten and so can't be hashed again when the key ring is
 * rotated. Only the encryption of the key is rotated.
 */
export const lastingHash = (key: Buffer, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64url');
