import { changeInPages } from '../../database/migrate/change-in-pages.js';
import type { EntityManager } from '../../database/connection/database.js';
import type { Tables } from '../../database/read/select.js';

/**
 * Deletes the ciphertexts of API tokens after `POSTERN_API_TOKEN_VIEWABLE` was turned off. The tokens keep working
 * (R-64).
 */
export async function deleteApiTokenCiphertexts(em: EntityManager): Promise<void> {
  const db = em.getKysely<Tables>();
  await changeInPages({
    find: (after, limit) =>
      db
        .selectFrom('api_tokens')
        .select('account_id as id')
        .where('account_id', '>', after)
        .where('token_ciphertext', 'is not', null)
        .orderBy('account_id')
        .limit(limit)
        .execute(),
    change: (ids) =>
      db.updateTable('api_tokens').set({ token_ciphertext: null }).where('account_id', 'in', ids).execute(),
  });
}
