import type { EntityManager } from '../../database/connection/database.js';
import { PasswordResetEntity } from './password-reset.entity.js';

/** Clears away tokens that are past their end. */
export async function sweepPasswordResets(em: EntityManager, now: Date): Promise<void> {
  await em.nativeDelete(PasswordResetEntity, { expiresAt: { $lte: now } });
}
