import type { WithUnitOfWork } from '../../rules/transaction.js';
import type { Tables } from '../../database/read/select.js';

/**
 * Takes an account's API token away, in the transaction of the recovery or reset that it ends with; that transaction
 * raises `authVersion` first, so that no reset that is under way brings a token back.
 */
export async function removeApiToken({ em }: WithUnitOfWork, accountId: string): Promise<void> {
  await em.getKysely<Tables>().deleteFrom('api_tokens').where('account_id', '=', accountId).execute();
}
