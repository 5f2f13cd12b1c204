import type { EntityManager } from '../../database/connection/database.js';
import { EmailChangeEntity } from './email-change.entity.js';
import { EmailVerificationEntity } from './email-verification.entity.js';

/** Clears away codes, and changes of addresses, that are past their end. */
export async function sweepEmail(em: EntityManager, now: Date): Promise<void> {
  await em.nativeDelete(EmailVerificationEntity, { expiresAt: { $lte: now } });
  await em.nativeDelete(EmailChangeEntity, { expiresAt: { $lte: now } });
}
