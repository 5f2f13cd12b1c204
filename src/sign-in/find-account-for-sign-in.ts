import { select, type Reader } from '../database/select.js';
import { canonicalUsername, usernamePattern } from '../username/username.js';

/** What sign-in needs to know of an account. */
export type AccountForSignIn = NonNullable<Awaited<ReturnType<typeof findAccountForSignIn>>>;

const accountByUsername = select('account_for_sign_in', (db, { username }: { username: string }) =>
  db.selectFrom('accounts')
    .leftJoin('two_factors', 'two_factors.account_id', 'accounts.id')
    .where('accounts.username', '=', username)
    .where('accounts.status', '!=', 'DELETED')
    .select([
      'accounts.id', 'accounts.username', 'accounts.role', 'accounts.status', 'accounts.created_at as createdAt',
      'accounts.password_hash as passwordHash', 'accounts.auth_version as authVersion', 'two_factors.enabled_at as twoFactorEnabledAt',
    ]));

/** The account that a sign-in names, in whatever form the name was typed; null where there is none. */
export async function findAccountForSignIn(reader: Reader, login: string) {
  const username = canonicalUsername(login);
  // What is no username is nobody's, and may hold characters that a database does not take, such as NUL.
  const [account] = usernamePattern.test(username) ? await accountByUsername(reader, { username }) : [];
  return account ?? null;
}
