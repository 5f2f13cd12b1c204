import type { EntityManager } from '../../database/connection/database.js';
import { ReleasedUsernameEntity } from './released-username.entity.js';

/** Sets free the names that were reserved long enough. */
export async function sweepReleasedUsernames(em: EntityManager, now: Date): Promise<void> {
  await em.nativeDelete(ReleasedUsernameEntity, { reservedUntil: { $lte: now } });
}
