import { sql } from 'kysely';
import { days } from '../../duration.js';
import type { Tables } from '../../database/read/select.js';
import type { WithUnitOfWork } from '../../rules/transaction.js';
import type { Account } from './account.entity.js';

/** How long a deleted account can be restored (in milliseconds). */
export const RESTORE_PERIOD_MS = days(30);

/** Whether the owner deleted the account, and no administrator has deleted it since. */
export const isDeletedByOwner = ({
  deletedAt,
  deletionRequestedAt,
}: Pick<Account, 'deletedAt' | 'deletionRequestedAt'>): boolean =>
  deletedAt != null && deletionRequestedAt?.getTime() === deletedAt.getTime();

/**
 * Restores a deleted account to its previous status, in a transaction that has locked its row. The links to cancel the
 * deletion end.
 *
 * @param requestedSince restores it only if the owner asked for this deletion at or after that time; null restores any
 * @returns false if there was nothing to restore
 */
export async function restoreAccount(
  { em }: WithUnitOfWork,
  accountId: string,
  requestedSince: Date | null = null,
): Promise<boolean> {
  const { numUpdatedRows } = await em
    .getKysely<Tables>()
    .updateTable('accounts')
    .set(({ ref }) => ({
      status: ref('status_before_deletion').$notNull(),
      status_before_deletion: null,
      deleted_at: null,
      deletion_requested_at: null,
      auth_version: sql<number>`auth_version + 1`,
    }))
    .where('id', '=', accountId)
    .where('status', '=', 'DELETED')
    .where('erased_at', 'is', null)
    .$if(requestedSince !== null, (query) =>
      query.where('deletion_requested_at', '>=', requestedSince).whereRef('deletion_requested_at', '=', 'deleted_at'),
    )
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) return false;
  await endDeletionLinks({ em }, accountId);
  return true;
}

/** Ends the links to cancel a deletion of an account. */
export const endDeletionLinks = async ({ em }: WithUnitOfWork, accountId: string): Promise<void> =>
  void (await em
    .getKysely<Tables>()
    .deleteFrom('account_deletion_links')
    .where('account_id', '=', accountId)
    .execute());
