import type { EntityManager } from '../../database/connection/database.js';
import type { Tables } from '../../database/read/select.js';

/**
 * How many sessions are cleared away at a time, so that no statement comes near its limit, however many ended at once.
 */
const AT_ONCE = 5_000;

/** Clears away sessions that are past their end. */
export async function sweepSessions(em: EntityManager, now: Date): Promise<void> {
  let gone: bigint;
  do {
    ({ numDeletedRows: gone } = await em
      .getKysely<Tables>()
      .deleteFrom('sessions')
      .where('id', 'in', (db) => db.selectFrom('sessions').select('id').where('expires_at', '<=', now).limit(AT_ONCE))
      .executeTakeFirstOrThrow());
  } while (gone === BigInt(AT_ONCE));
}
