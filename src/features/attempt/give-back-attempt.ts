import { sql } from 'kysely';
import type { EntityManager } from '../../database/connection/database.js';
import type { Tables } from '../../database/read/select.js';

/**
 * Gives one attempt back, because the server was too busy to look at the proof, and lifts the lock that it
 * brought.
 */
export async function giveBackAttempt(em: EntityManager, bucket: string): Promise<void> {
  await em
    .getKysely<Tables>()
    .updateTable('attempts')
    .set({ failures: sql<number>`failures - 1`, locked_until: null })
    .where('bucket', '=', bucket)
    .where('failures', '>', 0)
    .execute();
}
