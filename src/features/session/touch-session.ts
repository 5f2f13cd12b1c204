import { minutes } from '../../duration.js';
import type { EntityManager } from '../../database/connection/database.js';
import type { Tables } from '../../database/read/select.js';
import type { SessionViewer } from '../../rules/viewer.js';

/** Minimum interval between updates of the last use. */
const TOUCH_INTERVAL_MS = minutes(1);

/** Whether the last use of a session is due to be updated. */
export const isTouchDue = (viewer: SessionViewer, now: Date): boolean =>
  now.getTime() - viewer.lastSeenAt.getTime() >= TOUCH_INTERVAL_MS;

/**
 * Stores the last use of a session, which resets its idle timeout. Never replaces a later use or extends its
 * lifetime.
 */
export async function touchSession(em: EntityManager, sessionId: string, now: Date): Promise<void> {
  await em
    .getKysely<Tables>()
    .updateTable('sessions')
    .set({ last_seen_at: now })
    .where('id', '=', sessionId)
    .where('last_seen_at', '<', now)
    .execute();
}
