import type { Updateable } from 'kysely';
import type { Tables } from '../../database/read/select.js';
import type { WithUnitOfWork } from '../../rules/transaction.js';

/** Changes the row of an account that the transaction holds (D-1). */
export async function changeAccount(
  { em }: WithUnitOfWork,
  accountId: string,
  columns: Updateable<Tables['accounts']>,
): Promise<void> {
  await em.getKysely<Tables>().updateTable('accounts').set(columns).where('id', '=', accountId).execute();
}
