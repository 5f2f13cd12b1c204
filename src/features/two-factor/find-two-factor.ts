import { sql } from 'kysely';
import { select, type Reader } from '../../database/read/select.js';
import { secondFactorKinds, type SecondFactorKind } from '../../rules/second-factor-kind.js';

/** When two-factor authentication of an account was turned on, its factors, and its number of unused backup codes. */
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
        'two_factors.last_kind as lastKind',
        sql<boolean>`two_factors.secret_ciphertext is not null`.as('hasApp'),
        selectFrom('passkeys')
          .whereRef('passkeys.account_id', '=', 'two_factors.account_id')
          .select(sql<number>`count(*)::int`.as('count'))
          .as('passkeys'),
        selectFrom('backup_codes')
          .whereRef('backup_codes.account_id', '=', 'two_factors.account_id')
          .where('backup_codes.used_at', 'is', null)
          .select(sql<number>`count(*)::int`.as('count'))
          .as('backupCodesLeft'),
      ]),
);

/** Whether an account has an authenticator app. */
export async function hasApp(reader: Reader, accountId: string): Promise<boolean> {
  const [row] = await findTwoFactorOfAccounts(reader, { accountIds: [accountId] });
  return row?.hasApp ?? false;
}

/** The kinds of second factors that an account can use. The one that was used last comes first. */
export function usableKinds({
  hasApp,
  passkeys,
  backupCodesLeft,
  lastKind,
}: Pick<TwoFactorRow, 'hasApp' | 'passkeys' | 'backupCodesLeft' | 'lastKind'>): SecondFactorKind[] {
  const isUsable = { TOTP: hasApp, PASSKEY: Number(passkeys) > 0, BACKUP_CODE: Number(backupCodesLeft) > 0 };
  return secondFactorKinds
    .filter((kind) => isUsable[kind])
    .sort((left, right) => Number(right === lastKind) - Number(left === lastKind));
}
