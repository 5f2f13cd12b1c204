import { generateSigningPair } from '../../crypto/signed-token.js';
import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { encryptSigningKey } from './stored-signing-key.js';

type KeyContext = Pick<RuleContext, 'em' | 'keys' | 'now'>;

/**
 * Creates the key of a generation, unless another process has created it.
 *
 * @returns its ID; null if there is one
 */
export async function createSigningKey(
  { em, keys, now }: KeyContext,
  generation: number,
  signsFrom: Date,
): Promise<string | null> {
  const { kid, privateJwk } = await generateSigningPair();
  const { numInsertedOrUpdatedRows } = await em
    .getKysely<Tables>()
    .insertInto('signing_keys')
    .values({
      kid,
      generation,
      key_ciphertext: encryptSigningKey(keys, kid, privateJwk),
      created_at: now,
      signs_from: signsFrom,
      ends_at: null,
    })
    .onConflict((conflict) => conflict.column('generation').doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n ? kid : null;
}
