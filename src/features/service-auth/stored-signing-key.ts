import type { KeyRing } from '../../crypto/key-ring.js';
import { decryptSecret, DecryptionError, encryptSecret, type SecretLocation } from '../../crypto/secret-box.js';
import { findByKey, replaceCiphertext, type EncryptedColumn } from '../../encryption/encrypted-column.js';

const names = { table: 'signing_keys', id: 'kid', ciphertext: 'key_ciphertext' };

const locationOf = (kid: string): SecretLocation => ({
  purpose: 'signing-key',
  column: 'signing_keys.key_ciphertext',
  row: [kid],
});

/** The encrypted column of private keys. */
export const signingKeyColumn: EncryptedColumn = {
  name: 'signing_keys.key_ciphertext',
  location: locationOf,
  find: findByKey(names),
  rotation: {
    reencrypt: (em, keys, row, privateJwk) =>
      replaceCiphertext(em, names, row, encryptSecret(keys, locationOf(row.id), privateJwk)),
  },
};

/** Encrypts a private key for its row. */
export const encryptSigningKey = (keys: KeyRing, kid: string, privateJwk: string): string =>
  encryptSecret(keys, locationOf(kid), Buffer.from(privateJwk));

/** The private key of a row; null if it can't be decrypted. Then it neither signs nor is published. */
export function decryptSigningKey(keys: KeyRing, kid: string, ciphertext: string): string | null {
  try {
    return decryptSecret(keys, locationOf(kid), ciphertext).toString();
  } catch (error) {
    if (error instanceof DecryptionError) return null;
    throw error;
  }
}
