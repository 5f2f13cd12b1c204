import type { EntityManager } from '../database/database.js';
import { SessionEntity } from './session.entity.js';

/** Clears away sessions that are past their end. */
export async function sweepSessions(em: EntityManager, now: Date): Promise<void> {
  await em.nativeDelete(SessionEntity, { expiresAt: { $lte: now } });
}
