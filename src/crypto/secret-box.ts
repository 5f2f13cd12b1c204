import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { deriveKey, type KeyPurpose, type KeyRing, type MasterKey } from './key-ring.js';

/** AES-256-GCM with a random 96-bit nonce and a full tag (NIST SP 800-38D; R-91). */
const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 'v1';

/**
 * A secret can't be decrypted: its key is not in the ring, or it was changed or moved from another row. Never treat
 * this as "there is no secret".
 */
export class DecryptionError extends Error {
  constructor() {
    super('a secret cannot be decrypted');
  }
}

/** What a secret is for, and where it is stored. It can be decrypted only there. */
export interface SecretLocation {
  readonly purpose: KeyPurpose;
  /** For example `two_factors.secret_ciphertext`. */
  readonly column: string;
  /** The IDs of its owner and row. */
  readonly row: readonly string[];
}

const associatedData = ({ purpose, column, row }: SecretLocation) =>
  Buffer.from(JSON.stringify([purpose, column, ...row]));

/** Encrypts a secret for its location with the newest key, as `v1.key.nonce.ciphertext.tag`. */
export function encryptSecret([newest]: KeyRing, location: SecretLocation, plaintext: Buffer): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, deriveKey(newest, location.purpose), nonce, {
    authTagLength: TAG_BYTES,
  }).setAAD(associatedData(location));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return [
    VERSION,
    newest.id,
    ...[nonce, ciphertext, cipher.getAuthTag()].map((part) => part.toString('base64url')),
  ].join('.');
}

/**
 * Decrypts a secret.
 *
 * @throws {DecryptionError} for another location, a changed or truncated text, or a key that is not in the ring
 */
export function decryptSecret(ring: KeyRing, location: SecretLocation, encrypted: string): Buffer {
  const [version, id, ...encoded] = encrypted.split('.');
  const [nonce, ciphertext, tag] = encoded.map((part) => Buffer.from(part, 'base64url'));
  const key = ring.find((candidate) => candidate.id === id);
  if (
    version !== VERSION ||
    !key ||
    encoded.length !== 3 ||
    nonce?.length !== NONCE_BYTES ||
    tag?.length !== TAG_BYTES ||
    !ciphertext
  )
    throw new DecryptionError();
  return decrypt(key, location, nonce, ciphertext, tag);
}

function decrypt(key: MasterKey, location: SecretLocation, nonce: Buffer, ciphertext: Buffer, tag: Buffer): Buffer {
  const decipher = createDecipheriv(ALGORITHM, deriveKey(key, location.purpose), nonce, { authTagLength: TAG_BYTES })
    .setAAD(associatedData(location))
    .setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  } catch {
    throw new DecryptionError();
  }
}

/** Whether a secret can be decrypted at its location. */
export function canDecrypt(ring: KeyRing, location: SecretLocation, encrypted: string): boolean {
  try {
    decryptSecret(ring, location, encrypted);
    return true;
  } catch (error) {
    if (error instanceof DecryptionError) return false;
    throw error;
  }
}

/** The ID of the key that encrypted a secret; empty if the text is none. */
export const keyIdOf = (encrypted: string): string => encrypted.split('.')[1] ?? '';

/** Whether a secret was encrypted with an older key and must be re-encrypted. */
export const isEncryptedWithOlderKey = ([newest]: KeyRing, ciphertext: string): boolean =>
  keyIdOf(ciphertext) !== newest.id;
