import { AccountEntity } from '../account/account.entity.js';
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
  await em.nativeUpdate(AccountEntity, { id, passwordHash }, { passwordHash: await passwords.hash(password) });
}
