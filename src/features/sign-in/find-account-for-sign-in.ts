import { parseEmailAddress } from '../account/email-address.js';
import { select, type Reader } from '../../database/read/select.js';
import { canonicalUsername } from '../../text/normalize.js';
import { usernamePattern } from '../username/username.js';

/** The account fields that sign-in needs. */
export type AccountForSignIn = NonNullable<Awaited<ReturnType<typeof findAccountForSignIn>>>;

/** The columns of an account that both steps of a sign-in need. */
export const signInColumns = [
  'accounts.id',
  'accounts.username',
  'accounts.role',
  'accounts.status',
  'accounts.created_at as createdAt',
  'accounts.email',
  'accounts.locale',
  'accounts.auth_version as authVersion',
] as const;

const columns = [
  ...signInColumns,
  'accounts.password_hash as passwordHash',
  'accounts.password_note_ciphertext as weakPasswordFlag',
  'two_factors.enabled_at as twoFactorEnabledAt',
] as const;

const accountByName = select(
  'account_for_sign_in',
  (db, { username, emailKey }: { username: string | null; emailKey: string | null }) =>
    db
      .selectFrom('accounts')
      .leftJoin('two_factors', 'two_factors.account_id', 'accounts.id')
      .where(({ or, eb }) => or([eb('accounts.username', '=', username), eb('accounts.email_key', '=', emailKey)]))
      .where('accounts.status', '!=', 'DELETED')
      .select(columns),
);

const accountById = select('account_for_sign_in_by_id', (db, { id }: { id: string }) =>
  db
    .selectFrom('accounts')
    .leftJoin('two_factors', 'two_factors.account_id', 'accounts.id')
    .where('accounts.id', '=', id)
    .where('accounts.status', '!=', 'DELETED')
    .select(columns),
);

/** Finds the account of a verified passkey; null if it was deleted. */
export async function findAccountById(reader: Reader, id: string): Promise<AccountForSignIn | null> {
  const [account] = await accountById(reader, { id });
  return account ?? null;
}

/** Finds the account of a username or bound address, as typed; null if there is none. */
export async function findAccountForSignIn(reader: Reader, login: string) {
  const username = canonicalUsername(login);
  const emailKey = parseEmailAddress(login)?.key ?? null;
  // Other input can't match an account, and may contain characters that the database rejects, such as NUL.
  const isUsername = usernamePattern.test(username);
  const [account] =
    isUsername || emailKey ? await accountByName(reader, { username: isUsername ? username : null, emailKey }) : [];
  return account ?? null;
}
