import type { EntityManager } from '../../database/connection/database.js';
import { AttemptEntity } from './attempt.entity.js';

/** Forgets the failures at a place after a right proof. */
export async function clearAttempts(em: EntityManager, bucket: string): Promise<void> {
  await em.nativeDelete(AttemptEntity, { bucket });
}
