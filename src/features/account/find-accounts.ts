import { sql } from 'kysely';
import type { ServiceScope } from '../../rules/service-scope.js';
import { select } from '../../database/read/select.js';

export type AccountRow = Awaited<ReturnType<typeof findAccounts>>[number];

/** The columns of an account that the schema exposes. */
export const accountColumns = [
  'id',
  'username',
  'role',
  'status',
  'created_at as createdAt',
  'last_login_at as lastLoginAt',
  'email',
  'locale',
  sql<ServiceScope[] | null>`service_scopes`.as('serviceScopes'),
] as const;

/** Finds accounts by ID, in no particular order. Erased accounts are left out. */
export const findAccounts = select('accounts_by_id', (db, { ids }: { ids: readonly string[] }) =>
  db
    .selectFrom('accounts')
    .where(({ eb, val }) => eb('id', '=', sql<string>`any(${val(ids)}::uuid[])`))
    .where('erased_at', 'is', null)
    .select(accountColumns),
);
