import type { UpdateObject } from 'kysely';
import type { Tables } from '../../database/read/select.js';
import type { WithUnitOfWork } from '../../rules/transaction.js';

/** Updates an account whose row the transaction has locked (D-1). */
export async function changeAccount(
  { em }: WithUnitOfWork,
  accountId: string,
  columns: UpdateObject<Tables, 'accounts'>,
): Promise<void> {
  await em.getKysely<Tables>().updateTable('accounts').set(columns).where('id', '=', accountId).execute();
}
