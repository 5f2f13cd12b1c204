import { AccountEntity } from '../account/account.entity.js';
import type { Locale } from '../../text/locale.js';
import type { Role } from '../../rules/role.js';
import type { RuleContext } from '../../rules/context.js';
import { isUniqueViolation } from '../../database/connection/unique-violation.js';
import { newId } from '../../database/connection/id.js';
import { refuse } from '../../rules/refuse.js';
import { claimUsername } from '../username/released-username.js';

/** An account to be made. */
export interface NewAccount {
  /** In its canonical form. */
  readonly username: string;
  /** Null for who sets a password later, by a link, and for a machine account. */
  readonly passwordHash: string | null;
  readonly role: Role;
  readonly locale: Locale;
  /** Whether the person is signed in with it at once. */
  readonly signsIn: boolean;
}

/**
 * Makes an account, in the transaction of what it is made for. Of two people who want one name at once, one gets it
 * (R-100).
 */
export async function createAccount(
  context: Pick<RuleContext, 'em' | 'now'>,
  { username, passwordHash, role, locale, signsIn }: NewAccount,
) {
  const { em, now } = context;
  const account = {
    id: newId(now),
    username,
    passwordHash,
    role,
    status: 'ACTIVE' as const,
    authVersion: 1,
    email: null,
    locale,
    createdAt: now,
    passwordChangedAt: passwordHash === null ? null : now,
    lastLoginAt: signsIn ? now : null,
  };
  try {
    await em.insert(AccountEntity, account);
  } catch (error) {
    if (isUniqueViolation(error)) refuse('USERNAME_TAKEN', 'username');
    throw error;
  }
  await claimUsername(context, username, account.id);
  return account;
}
