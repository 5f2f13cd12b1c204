import type { WithUnitOfWork } from '../../rules/transaction.js';
import type { Tables } from '../../database/read/select.js';

/** Deletes the secret, a pending one, and all backup codes of an account, in the caller's transaction. */
export async function removeTwoFactor({ em }: WithUnitOfWork, accountId: string): Promise<void> {
  const db = em.getKysely<Tables>();
  await db.deleteFrom('two_factors').where('account_id', '=', accountId).execute();
  await db.deleteFrom('two_factor_enrolments').where('account_id', '=', accountId).execute();
  await db.deleteFrom('backup_codes').where('account_id', '=', accountId).execute();
}
