import { minutes } from '../../duration.js';
import type { EntityManager } from '../../database/connection/database.js';
import type { Tables } from '../../database/read/select.js';
import type { Viewer } from '../../rules/viewer.js';

/**
 * How old the note of a session's last use may be before it is written anew (in ms): one write a minute at the most.
 */
const TOUCH_INTERVAL_MS = minutes(1);

/** Whether the note of a session's last use is old enough to be written anew. */
export const isTouchDue = (viewer: Viewer, now: Date): boolean =>
  now.getTime() - viewer.lastSeenAt.getTime() >= TOUCH_INTERVAL_MS;

/** Notes that a session is in use, which keeps it from idling out; never back in time, never past its end. */
export async function touchSession(em: EntityManager, sessionId: string, now: Date): Promise<void> {
  await em
    .getKysely<Tables>()
    .updateTable('sessions')
    .set({ last_seen_at: now })
    .where('id', '=', sessionId)
    .where('last_seen_at', '<', now)
    .execute();
}
