import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import type { AccountForSignIn } from './find-account-for-sign-in.js';

/**
 * Rehashes a just verified password if its hash is another system's or has outdated parameters. Does nothing if
 * the password was changed concurrently: the sign-in then fails, because the account's `authVersion` is another.
 *
 * @returns the account with the hash that is stored now
 */
export async function refreshPasswordHash(
  { em, passwords }: RuleContext,
  account: AccountForSignIn,
  password: string,
): Promise<AccountForSignIn> {
  const { id, passwordHash } = account;
  if (passwordHash === null || !passwords.isOutdated(passwordHash)) return account;
  const refreshed = await passwords.hash(password);
  const { numUpdatedRows } = await em
    .getKysely<Tables>()
    .updateTable('accounts')
    .set({ password_hash: refreshed })
    .where('id', '=', id)
    .where('password_hash', '=', passwordHash)
    .executeTakeFirst();
  return numUpdatedRows === 1n ? { ...account, passwordHash: refreshed } : account;
}
