import type { EntityManager } from '../../database/connection/database.js';
import type { Tables } from '../../database/read/select.js';

/** Maximum number of rows that one statement changes, so that it stays well below its timeout. */
const ROWS_PER_STATEMENT = 5_000;

/**
 * Ends deliveries to webhooks that are not active: nothing is kept for later. One call ends one page; the worker calls
 * it regularly and ends the rest.
 */
export async function endPendingDeliveries(em: EntityManager): Promise<void> {
  await em
    .getKysely<Tables>()
    .with('ended', (db) =>
      db
        .selectFrom('webhook_deliveries')
        .innerJoin('webhooks', 'webhooks.id', 'webhook_deliveries.webhook_id')
        .where('webhooks.status', '<>', 'ACTIVE')
        .where('webhook_deliveries.status', '=', 'PENDING')
        .select('webhook_deliveries.id')
        .limit(ROWS_PER_STATEMENT)
        .forUpdate('webhook_deliveries')
        .skipLocked(),
    )
    .updateTable('webhook_deliveries')
    .set({ status: 'FAILED', next_attempt_at: null })
    .where('id', 'in', (db) => db.selectFrom('ended').select('ended.id'))
    .execute();
}
