import type { WithUnitOfWork } from '../../rules/transaction.js';
import type { Tables } from '../../database/read/select.js';

/**
 * Deletes an account's API token, in the transaction of a recovery or reset. That transaction must raise `authVersion`
 * first, so that a concurrent token reset fails.
 */
export async function removeApiToken({ em }: WithUnitOfWork, accountId: string): Promise<void> {
  await em.getKysely<Tables>().deleteFrom('api_tokens').where('account_id', '=', accountId).execute();
}
