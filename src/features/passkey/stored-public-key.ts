import type { KeyRing } from '../../crypto/key-ring.js';
import { encryptSecret, type SecretLocation } from '../../crypto/secret-box.js';
import { findByKey, replaceCiphertext, type EncryptedColumn } from '../../encryption/encrypted-column.js';

const names = { table: 'passkeys', id: 'id', ciphertext: 'public_key_ciphertext' };

/** Binds a public key to its row. */
export const publicKeyLocation = (id: string): SecretLocation => ({
  purpose: 'passkey',
  column: 'passkeys.public_key_ciphertext',
  row: [id],
});

/** The encrypted column of public keys. */
export const publicKeyColumn: EncryptedColumn = {
  name: 'passkeys.public_key_ciphertext',
  location: publicKeyLocation,
  find: findByKey(names),
  rotation: {
    reencrypt: (em, keys, row, publicKey) =>
      replaceCiphertext(em, names, row, encryptSecret(keys, publicKeyLocation(row.id), publicKey)),
  },
};

/** What is sealed: the public key with the account and the credential that it is for, so that none can be swapped. */
interface SealedKey {
  readonly accountId: string;
  readonly credentialId: string;
  readonly publicKey: Uint8Array;
}

/** Encrypts a public key for its row. */
export const encryptPublicKey = (
  keys: KeyRing,
  id: string,
  { accountId, credentialId, publicKey }: SealedKey,
): string =>
  encryptSecret(
    keys,
    publicKeyLocation(id),
    Buffer.from(JSON.stringify([accountId, credentialId, Buffer.from(publicKey).toString('base64url')])),
  );

/** The public key in a decrypted text; null if it is that of another account or credential. */
export function parseSealedKey(
  sealed: Buffer,
  { accountId, credentialId }: Pick<SealedKey, 'accountId' | 'credentialId'>,
): Uint8Array<ArrayBuffer> | null {
  const [account, credential, publicKey] = JSON.parse(sealed.toString()) as [string, string, string];
  return account === accountId && credential === credentialId
    ? new Uint8Array(Buffer.from(publicKey, 'base64url'))
    : null;
}
