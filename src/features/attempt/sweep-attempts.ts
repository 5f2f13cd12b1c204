import type { EntityManager } from '../../database/connection/database.js';
import { AttemptEntity } from './attempt.entity.js';

/**
 * Clears away failures that are forgotten. A lock is never among them: what is locked is forgotten only some time after
 * (R-23).
 */
export async function sweepAttempts(em: EntityManager, now: Date): Promise<void> {
  await em.nativeDelete(AttemptEntity, { forgottenAt: { $lte: now } });
}
