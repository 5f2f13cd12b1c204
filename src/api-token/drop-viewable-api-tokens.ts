import type { EntityManager } from '../database/database.js';
import { ApiTokenEntity } from './api-token.entity.js';

/** Forgets what API tokens could be viewed from, where they are not to be viewed any more; they go on working. */
export async function dropViewableApiTokens(em: EntityManager): Promise<void> {
  await em.nativeUpdate(ApiTokenEntity, { tokenCiphertext: { $ne: null } }, { tokenCiphertext: null });
}
