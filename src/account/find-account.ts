import { select, type Reader } from '../database/select.js';

const accountById = select('account_by_id', (db, { id }: { id: string }) =>
  db.selectFrom('accounts').where('id', '=', id)
    .select(['id', 'username', 'role', 'status', 'created_at as createdAt', 'last_login_at as lastLoginAt', 'email', 'locale']));

/** An account by its id; null where there is none. */
export async function findAccount(reader: Reader, id: string) {
  const [account] = await accountById(reader, { id });
  return account ?? null;
}
