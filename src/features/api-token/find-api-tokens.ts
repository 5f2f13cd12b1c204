import { sql } from 'kysely';
import { select, type Reader } from '../../database/read/select.js';

/** An account's API token without its secret. */
export type ApiTokenRow = Awaited<ReturnType<typeof findApiTokensOfAccounts>>[number];

/** Finds the API tokens of accounts, without their secrets. */
export const findApiTokensOfAccounts = select(
  'api_tokens_of_accounts',
  (db, { accountIds }: { accountIds: readonly string[] }) =>
    db
      .selectFrom('api_tokens')
      .where(({ eb, val }) => eb('account_id', '=', sql<string>`any(${val(accountIds)}::uuid[])`))
      .select([
        'account_id as accountId',
        'hint',
        'created_at as createdAt',
        'last_used_at as lastUsedAt',
        'last_used_ip as lastUsedIp',
      ]),
);

const apiTokenByAccount = select('kept_api_token', (db, { accountId }: { accountId: string }) =>
  db
    .selectFrom('api_tokens')
    .where('account_id', '=', accountId)
    .select([
      'account_id as accountId',
      'hint',
      'created_at as createdAt',
      'last_used_at as lastUsedAt',
      'last_used_ip as lastUsedIp',
      'token_ciphertext as ciphertext',
    ]),
);

/** Finds an account's API token with its ciphertext, for viewing; null if there is none. */
export async function findStoredApiToken(reader: Reader, accountId: string) {
  const [row] = await apiTokenByAccount(reader, { accountId });
  return row ?? null;
}
