import type { EntityManager } from '../../database/connection/database.js';
import { SecondFactorChallengeEntity } from './second-factor-challenge.entity.js';

/** Clears away challenges that are past their end. */
export async function sweepChallenges(em: EntityManager, now: Date): Promise<void> {
  await em.nativeDelete(SecondFactorChallengeEntity, { expiresAt: { $lte: now } });
}
