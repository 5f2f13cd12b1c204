import type { KeyRing } from '../../crypto/key-ring.js';
import { keyedHash, keyedHashes } from '../../crypto/keyed-hash.js';
import { openSecret, sealSecret, type SecretLocation } from '../../crypto/secret-box.js';
import type { Tables } from '../../database/read/select.js';
import type { EncryptedColumn } from '../../encryption/encrypted-column.js';

/** How many of its last characters a token is recognised by. */
const HINT_LENGTH = 4;

/**
 * The row of an account's token has the account's id, so the ciphertext opens for that account and nobody else.
 */
const locationOf = (accountId: string): SecretLocation => ({
  purpose: 'api-token',
  column: 'api_tokens.token_ciphertext',
  row: [accountId],
});

/** What is stored of a token in place of it, made with the newest key. */
export const storedApiToken = (keys: KeyRing, accountId: string, token: string, viewable: boolean) => ({
  tokenHash: keyedHash(keys, 'api-token-lookup', token),
  tokenCiphertext: viewable ? sealSecret(keys, locationOf(accountId), Buffer.from(token)) : null,
  keyId: keys[0].id,
  hint: token.slice(-HINT_LENGTH),
});

/** The viewable tokens. A token that is kept as a hash alone counts as left until its owner resets it. */
export const apiTokenColumn: EncryptedColumn = {
  name: 'api_tokens.token_ciphertext',
  location: locationOf,
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

/** The hashes under which a token can stand in the table: one for each key of the ring. */
export const apiTokenHashes = (keys: KeyRing, token: string): string[] => keyedHashes(keys, 'api-token-lookup', token);

/**
 * An account's token as its owner views it.
 *
 * @throws {Undecryptable} where the row was swapped or changed, or its key is not in the ring
 */
export const openApiToken = (keys: KeyRing, accountId: string, ciphertext: string): string =>
  openSecret(keys, locationOf(accountId), ciphertext).toString();
