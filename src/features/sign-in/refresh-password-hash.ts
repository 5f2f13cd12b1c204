import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import type { AccountForSignIn } from './find-account-for-sign-in.js';

/**
 * Hashes a password that was just proven with today's parameters, where its hash has others. Compare-and-set:
 * a password change that came in between wins.
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
