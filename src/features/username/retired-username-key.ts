import { newLastingKey } from '../../crypto/lasting-hash.js';
import { decryptSecret, encryptSecret, type SecretLocation } from '../../crypto/secret-box.js';
import { NIL_ID } from '../../database/connection/id.js';
import type { Tables } from '../../database/read/select.js';
import { findByKey, replaceCiphertext, type EncryptedColumn } from '../../encryption/encrypted-column.js';
import type { RuleContext } from '../../rules/context.js';

const names = { table: 'retired_username_keys', id: 'id', ciphertext: 'key_ciphertext' };

const location = (id: string): SecretLocation => ({
  purpose: 'retired-username',
  column: 'retired_username_keys.key_ciphertext',
  row: [id],
});

/** The encrypted column of the key. A rotation leaves the key itself, since its names can't be hashed again. */
export const retiredUsernameKeyColumn: EncryptedColumn = {
  name: 'retired_username_keys.key_ciphertext',
  location,
  find: findByKey(names),
  rotation: {
    reencrypt: (em, keys, row, key) => replaceCiphertext(em, names, row, encryptSecret(keys, location(row.id), key)),
  },
};

/**
 * The key of the hashes of retired usernames; null if there is none yet.
 *
 * @throws {DecryptionError} if no encryption key opens it, because then no name can be checked
 */
export async function findRetiredUsernameKey({ em, keys }: Pick<RuleContext, 'em' | 'keys'>): Promise<Buffer | null> {
  const row = await em
    .getKysely<Tables>()
    .selectFrom('retired_username_keys')
    .select('key_ciphertext as ciphertext')
    .where('id', '=', NIL_ID)
    .executeTakeFirst();
  return row ? decryptSecret(keys, location(NIL_ID), row.ciphertext) : null;
}

/** The key, which is made when it is first needed. Of several processes, the first one's counts. */
export async function findOrCreateRetiredUsernameKey(context: Pick<RuleContext, 'em' | 'keys'>): Promise<Buffer> {
  const existing = await findRetiredUsernameKey(context);
  if (existing) return existing;
  await context.em
    .getKysely<Tables>()
    .insertInto('retired_username_keys')
    .values({ id: NIL_ID, key_ciphertext: encryptSecret(context.keys, location(NIL_ID), newLastingKey()) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const created = await findRetiredUsernameKey(context);
  if (!created) throw new Error('the key of retired usernames was deleted');
  return created;
}
