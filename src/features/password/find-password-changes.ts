import { sql } from 'kysely';
import { select } from '../../database/read/select.js';

/** Finds when the password of each account was last set; null if there is none. */
export const findPasswordChanges = select(
  'password_changes_of_accounts',
  (db, { accountIds }: { accountIds: readonly string[] }) =>
    db
      .selectFrom('accounts')
      .where(({ eb, val }) => eb('id', '=', sql<string>`any(${val(accountIds)}::uuid[])`))
      .select(['id as accountId', 'password_changed_at as passwordChangedAt']),
);
