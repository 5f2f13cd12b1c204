import { AccountEntity } from '../account/account.entity.js';
import type { Locale } from '../../text/locale.js';
import type { Role } from '../../rules/role.js';
import type { ServiceScope } from '../../rules/service-scope.js';
import { isUniqueViolation } from '../../database/connection/unique-violation.js';
import { newId } from '../../database/connection/id.js';
import { refuse } from '../../rules/refuse.js';
import { claimUsername, type UsernameContext } from '../username/released-username.js';

/** The account to create. */
export interface NewAccount {
  /** In canonical form. */
  readonly username: string;
  /** Null if the user sets a password later with a link, and for a service account. */
  readonly passwordHash: string | null;
  readonly role: Role;
  /** Given for a service account only. */
  readonly serviceScopes?: readonly ServiceScope[];
  /** Null until the user signs in. */
  readonly locale: Locale | null;
  /** Whether the user is signed in immediately. */
  readonly signsIn: boolean;
}

/** Creates an account in the caller's transaction. Only one of several concurrent requests gets a username. */
export async function createAccount(
  context: UsernameContext,
  { username, passwordHash, role, serviceScopes, locale, signsIn }: NewAccount,
) {
  const { em, now } = context;
  const account = {
    id: newId(now),
    username,
    passwordHash,
    role,
    serviceScopes: serviceScopes ? [...serviceScopes] : null,
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
