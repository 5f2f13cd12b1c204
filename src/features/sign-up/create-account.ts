import { AccountEntity } from '../account/account.entity.js';
import type { Locale } from '../../text/locale.js';
import type { Role } from '../../rules/role.js';
import type { RuleContext } from '../../rules/context.js';
import { isUniqueViolation } from '../../database/connection/unique-violation.js';
import { newId } from '../../database/connection/id.js';
import { refuse } from '../../rules/refuse.js';
import { claimUsername } from '../username/released-username.js';

/** The account to create. */
export interface NewAccount {
  /** In canonical form. */
  readonly username: string;
  /** Null if the user sets a password later with a link, and for a service account. */
  readonly passwordHash: string | null;
  readonly role: Role;
  readonly locale: Locale;
  /** Whether the user is signed in immediately. */
  readonly signsIn: boolean;
}

/** Creates an account in the caller's transaction. Only one of several concurrent requests gets a username. */
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
