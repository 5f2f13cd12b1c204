import { sql } from 'kysely';
import { select } from '../../database/read/select.js';

/** An account as the schema shows it. */
export type AccountRow = Awaited<ReturnType<typeof findAccounts>>[number];

/** What the schema shows of an account. */
export const accountColumns = [
  'id',
  'username',
  'role',
  'status',
  'created_at as createdAt',
  'last_login_at as lastLoginAt',
  'email',
  'locale',
] as const;

/** Accounts by their ids, in no order. An erased one is nobody any more. */
export const findAccounts = select('accounts_by_id', (db, { ids }: { ids: readonly string[] }) =>
  db
    .selectFrom('accounts')
    .where(({ eb, val }) => eb('id', '=', sql<string>`any(${val(ids)}::uuid[])`))
    .where('erased_at', 'is', null)
    .select(accountColumns),
);
