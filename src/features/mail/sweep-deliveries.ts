import type { EntityManager } from '../../database/connection/database.js';
import { MailDeliveryEntity } from './mail-delivery.entity.js';

/** How long the notes of a mail are kept (in ms): longer than it is tried. */
const KEPT_MS = 7 * 24 * 60 * 60_000;

/** Clears away the notes of mails that were given up. */
export async function sweepDeliveries(em: EntityManager, now: Date): Promise<void> {
  await em.nativeDelete(MailDeliveryEntity, { updatedAt: { $lte: new Date(now.getTime() - KEPT_MS) } });
}
