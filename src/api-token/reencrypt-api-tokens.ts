import type { KeyRing } from '../crypto/key-ring.js';
import { Undecryptable } from '../crypto/secret-box.js';
import type { EntityManager } from '../database/database.js';
import { ApiTokenEntity } from './api-token.entity.js';
import { openApiToken, storedApiToken } from './stored-api-token.js';

/** How many rows are read at once. */
const BATCH = 500;

/** How far a rotation has come. */
export interface Reencrypted {
  readonly done: number;
  /** Rows that still need an older key: they cannot be decrypted, or no ciphertext is kept of them; a reset mends them. */
  readonly left: number;
}

/**
 * Makes hash and ciphertext of all API tokens anew with the newest key, by decrypting them; all of them work before,
 * during and after it. It can be run again, and a token that is reset meanwhile stays as it is.
 */
export async function reencryptApiTokens(em: EntityManager, keys: KeyRing): Promise<Reencrypted> {
  let done = 0;
  let rows = await rowsOfOlderKeys(em, keys);
  while (rows.length > 0) {
    for (const { account: { id: account }, tokenHash, tokenCiphertext } of rows) {
      const anew = storedAnew(keys, account, tokenCiphertext);
      if (anew) done += await em.nativeUpdate(ApiTokenEntity, { account, tokenHash }, anew);
    }
    rows = await rowsOfOlderKeys(em, keys, rows.at(-1)?.account.id);
  }
  return { done, left: await em.count(ApiTokenEntity, { keyId: { $ne: keys[0].id } }) };
}

const rowsOfOlderKeys = (em: EntityManager, [newest]: KeyRing, after?: string) =>
  em.find(ApiTokenEntity, { keyId: { $ne: newest.id }, ...(after ? { account: { $gt: after } } : {}) }, { orderBy: { account: 'asc' }, limit: BATCH, disableIdentityMap: true });

function storedAnew(keys: KeyRing, accountId: string, ciphertext: string | null | undefined) {
  if (!ciphertext) return null;
  try {
    return storedApiToken(keys, accountId, openApiToken(keys, accountId, ciphertext), true);
  } catch (error) {
    if (error instanceof Undecryptable) return null;
    throw error;
  }
}
