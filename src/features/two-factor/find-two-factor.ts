import { sql } from 'kysely';
import { select } from '../../database/read/select.js';

/** When two-factor authentication of an account was turned on, and its number of unused backup codes. */
export type TwoFactorRow = Awaited<ReturnType<typeof findTwoFactorOfAccounts>>[number];

/** Finds two-factor authentication of accounts; those with it off are left out. */
export const findTwoFactorOfAccounts = select(
  'two_factor_of_accounts',
  (db, { accountIds }: { accountIds: readonly string[] }) =>
    db
      .selectFrom('two_factors')
      .where(({ eb, val }) => eb('two_factors.account_id', '=', sql<string>`any(${val(accountIds)}::uuid[])`))
      .select(({ selectFrom }) => [
        'two_factors.account_id as accountId',
        'two_factors.enabled_at as enabledAt',
        selectFrom('backup_codes')
          .whereRef('backup_codes.account_id', '=', 'two_factors.account_id')
          .where('backup_codes.used_at', 'is', null)
          .select(sql<number>`count(*)::int`.as('count'))
          .as('backupCodesLeft'),
      ]),
);
