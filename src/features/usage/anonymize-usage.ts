import type { EntityManager } from '../../database/connection/database.js';
import { NIL_ID, beforeIdsOf } from '../../database/connection/id.js';
import type { Tables } from '../../database/read/select.js';

/** How many logs are changed at a time, so that no statement comes near its limit, however many calls somebody made. */
const ROWS_PER_STATEMENT = 5_000;

/**
 * Takes what is personal out of the logs of an account: the addresses that its calls came from, and the names that its
 * owner gave to keys. What the calls come to stays, for the sums of everybody. It can be run again.
 *
 * @param since only logs of calls from this moment on; null for all of them
 */
export async function anonymizeUsage(em: EntityManager, accountId: string, since: Date | null = null): Promise<void> {
  let last = since ? beforeIdsOf(since) : NIL_ID;
  let page: { readonly id: string }[];
  do {
    const db = em.getKysely<Tables>();
    page = await db
      .selectFrom('usage_logs')
      .select('id')
      .where('account_id', '=', accountId)
      .where('id', '>', last)
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
    last = newest.id;
  } while (page.length === ROWS_PER_STATEMENT);
}
