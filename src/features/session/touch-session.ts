import { minutes } from '../../duration.js';
import type { EntityManager } from '../../database/connection/database.js';
import type { Tables } from '../../database/read/select.js';
import type { SessionViewer } from '../../rules/viewer.js';

/** Minimum age of the stored last use before it is updated, in milliseconds: at most one write per minute. */
const TOUCH_INTERVAL_MS = minutes(1);

/** Whether the last use of a session should be updated. */
export const isTouchDue = (viewer: SessionViewer, now: Date): boolean =>
  now.getTime() - viewer.lastSeenAt.getTime() >= TOUCH_INTERVAL_MS;

/** Stores that a session is in use, which resets its idle timeout. Never moves it back, nor past its expiry. */
export async function touchSession(em: EntityManager, sessionId: string, now: Date): Promise<void> {
  await em
    .getKysely<Tables>()
    .updateTable('sessions')
    .set({ last_seen_at: now })
    .where('id', '=', sessionId)
    .where('last_seen_at', '<', now)
    .execute();
}
