import { sql } from 'kysely';
import { select } from '../../database/read/select.js';

/** Finds the percentages of quotas at which each account is warned. */
export const findWarningPercentages = select(
  'warning_percentages_of_accounts',
  (db, { accountIds }: { accountIds: readonly string[] }) =>
    db
      .selectFrom('accounts')
      .where(({ eb, val }) => eb('id', '=', sql<string>`any(${val(accountIds)}::uuid[])`))
      .select(['id as accountId', 'usage_warnings as percentages']),
);
