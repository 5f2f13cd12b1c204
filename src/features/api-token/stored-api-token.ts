import type { KeyRing } from '../../crypto/key-ring.js';
import { keyedHash, keyedHashes } from '../../crypto/keyed-hash.js';
import { decryptSecret, encryptSecret, type SecretLocation } from '../../crypto/secret-box.js';
import type { Tables } from '../../database/read/select.js';
import type { EncryptedColumn } from '../../encryption/encrypted-column.js';

const HINT_LENGTH = 4;

/** Binds the ciphertext to its account's row, so that it can't be decrypted for another account. */
const getTokenLocation = (accountId: string): SecretLocation => ({
  purpose: 'api-token',
  column: 'api_tokens.token_ciphertext',
  row: [accountId],
});

/** The stored form of a token, made with the newest key. */
export const storedApiToken = (keys: KeyRing, accountId: string, token: string, viewable: boolean) => ({
  tokenHash: keyedHash(keys, 'api-token-lookup', token),
  tokenCiphertext: viewable ? encryptSecret(keys, getTokenLocation(accountId), Buffer.from(token)) : null,
  keyId: keys[0].id,
  hint: token.slice(-HINT_LENGTH),
});

/**
 * The encrypted column of viewable tokens. Tokens stored only as a hash stay on their key until their owner resets
 * them.
 */
export const apiTokenColumn: EncryptedColumn = {
  name: 'api_tokens.token_ciphertext',
  location: getTokenLocation,
  find: (em, keyId, after, limit) => {
    const rows = em
      .getKysely<Tables>()
      .selectFrom('api_tokens')
      .select(['account_id as id', 'token_ciphertext as ciphertext'])
      .where('key_id', '<>', keyId)
      .orderBy('account_id')
      .limit(limit);
    return (after === null ? rows : rows.where('account_id', '>', after)).execute();
  },
  rotation: {
    reencrypt: async (em, keys, { id, ciphertext }, secret) => {
      const { tokenHash, tokenCiphertext, keyId } = storedApiToken(keys, id, secret.toString(), true);
      const { numUpdatedRows } = await em
        .getKysely<Tables>()
        .updateTable('api_tokens')
        .set({ token_hash: tokenHash, token_ciphertext: tokenCiphertext, key_id: keyId })
        .where('account_id', '=', id)
        .where('token_ciphertext', '=', ciphertext)
        .executeTakeFirstOrThrow();
      return Number(numUpdatedRows);
    },
  },
};

/** The possible hashes of a token, one for each key of the ring. */
export const apiTokenHashes = (keys: KeyRing, token: string): string[] => keyedHashes(keys, 'api-token-lookup', token);

/**
 * Decrypts a token for its owner.
 *
 * @throws {DecryptionError} if the row was tampered with or its key is missing
 */
export const decryptApiToken = (keys: KeyRing, accountId: string, ciphertext: string): string =>
  decryptSecret(keys, getTokenLocation(accountId), ciphertext).toString();
