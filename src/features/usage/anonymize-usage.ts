import type { EntityManager } from '../../database/connection/database.js';
import { NIL_ID, minimumIdAt } from '../../database/connection/id.js';
import type { Tables } from '../../database/read/select.js';

/** Maximum number of logs that one statement updates, so that it stays well below its timeout. */
const ROWS_PER_STATEMENT = 5_000;

/**
 * Removes personal data from the logs of an account: IP addresses, and the names its owner gave to keys. Amounts stay,
 * for the totals of all accounts. Can be repeated.
 *
 * @param since only logs of calls from this time on; null for all
 */
export async function anonymizeUsage(em: EntityManager, accountId: string, since: Date | null = null): Promise<void> {
  let lastId = since ? minimumIdAt(since) : NIL_ID;
  let page: { readonly id: string }[];
  do {
    const db = em.getKysely<Tables>();
    page = await db
      .selectFrom('usage_logs')
      .select('id')
      .where('account_id', '=', accountId)
      .where('id', '>', lastId)
      .orderBy('id')
      .limit(ROWS_PER_STATEMENT)
      .execute();
    const [first, newest] = [page[0], page.at(-1)];
    if (!first || !newest) return;
    await db
      .updateTable('usage_logs')
      .set({ ip: null, call_key_name: '' })
      .where('account_id', '=', accountId)
      .where('id', '>=', first.id)
      .where('id', '<=', newest.id)
      .execute();
    lastId = newest.id;
  } while (page.length === ROWS_PER_STATEMENT);
}
