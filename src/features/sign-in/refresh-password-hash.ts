import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import type { AccountForSignIn } from './find-account-for-sign-in.js';

/**
 * Rehashes a just verified password if its hash has outdated parameters. Does nothing if the password was changed
 * concurrently.
 */
export async function refreshPasswordHash(
  { em, passwords }: RuleContext,
  account: AccountForSignIn,
  password: string,
): Promise<void> {
  const { id, passwordHash } = account;
  if (passwordHash === null || !passwords.isOutdated(passwordHash)) return;
  const refreshed = await passwords.hash(password);
  await em
    .getKysely<Tables>()
    .updateTable('accounts')
    .set({ password_hash: refreshed })
    .where('id', '=', id)
    .where('password_hash', '=', passwordHash)
    .execute();
}
