import { sql } from 'kysely';
import type { Tables } from '../../database/read/select.js';
import { userError } from '../../rules/refuse.js';
import type { UsernameContext } from '../username/released-username.js';
import { findRetiredForOthers } from '../username/retired-username.js';
import type { ImportedUser, LineFault } from './parse-imported-user.js';

/** A user with the ID that the account has or gets. */
export interface IdentifiedUser extends ImportedUser {
  readonly id: string;
}

/** What keeps a user from being imported: the account is already there, or others have its name or address. */
export type Conflict = 'ALREADY_THERE' | readonly LineFault[];

/**
 * Finds what keeps users from being imported, by ID. In a transaction, call it after their rows were inserted: names
 * and addresses that others give up at the same time are then reserved and visible.
 *
 * @param inserted the IDs of the accounts that this transaction inserted
 */
export async function findConflicts(
  context: UsernameContext,
  users: readonly IdentifiedUser[],
  inserted: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Conflict>> {
  const accounts = await findAccountsLike(context, users);
  const existing = new Set(accounts.map(({ id }) => id));
  const owners = {
    username: [
      ...accounts.map(({ id, username }) => ({ value: username, accountId: id })),
      ...(await findReservedUsernames(context, users)),
    ],
    email: [
      ...accounts.map(({ id, emailKey }) => ({ value: emailKey, accountId: id })),
      ...(await findReservedAddresses(context, users)),
    ],
  };
  const retired = await findRetired(context, users);
  const [usernames, addresses] = [byValue(owners.username), byValue(owners.email)];
  return new Map(
    users.flatMap((user): [string, Conflict][] => {
      const { id, username, email } = user;
      if (existing.has(id) && !inserted.has(id)) return [[id, 'ALREADY_THERE']];
      const hasOther = (owned: readonly Owned[] = []) => owned.some(({ accountId }) => accountId !== id);
      const faults = [
        ...(hasOther(usernames.get(username)) || retired.has(id) ? [toFault('USERNAME_TAKEN', 'username')] : []),
        ...(email && hasOther(addresses.get(email.key)) ? [toFault('EMAIL_TAKEN', 'email')] : []),
      ];
      return faults.length > 0 ? [[id, faults]] : [];
    }),
  );
}

const toFault = (code: 'USERNAME_TAKEN' | 'EMAIL_TAKEN', field: string): LineFault => ({
  field,
  message: userError(code, field).message.EN,
});

/** A username or the key of an address, and the account that has or had it. */
interface Owned {
  readonly value: string | null;
  readonly accountId: string;
}

const byValue = (owned: readonly Owned[]) => Map.groupBy(owned, ({ value }) => value);

const anyText = (values: readonly string[]) => sql<string>`any(${[...values]}::text[])`;

const emailKeys = (users: readonly ImportedUser[]) => users.flatMap(({ email }) => email?.key ?? []);

/** Finds accounts with the ID, the username or the address of a user. */
const findAccountsLike = ({ em }: UsernameContext, users: readonly IdentifiedUser[]) =>
  em
    .getKysely<Tables>()
    .selectFrom('accounts')
    .where(({ or, eb }) =>
      or([
        eb('id', '=', sql<string>`any(${users.map(({ id }) => id)}::uuid[])`),
        eb('username', '=', anyText(users.map(({ username }) => username))),
        eb('email_key', '=', anyText(emailKeys(users))),
      ]),
    )
    .select(['id', 'username', 'email_key as emailKey'])
    .execute();

const findReservedUsernames = ({ em, now }: UsernameContext, users: readonly ImportedUser[]): Promise<Owned[]> =>
  em
    .getKysely<Tables>()
    .selectFrom('released_usernames')
    .where('username', '=', anyText(users.map(({ username }) => username)))
    .where('reserved_until', '>', now)
    .select(['username as value', 'account_id as accountId'])
    .execute();

const findReservedAddresses = ({ em, now }: UsernameContext, users: readonly ImportedUser[]): Promise<Owned[]> =>
  em
    .getKysely<Tables>()
    .selectFrom('email_changes')
    .where('former_email_key', '=', anyText(emailKeys(users)))
    .where('expires_at', '>', now)
    .select(['former_email_key as value', 'account_id as accountId'])
    .execute();

const findRetired = (context: UsernameContext, users: readonly IdentifiedUser[]): Promise<ReadonlySet<string>> =>
  context.config.keepsReleasedUsernames
    ? findRetiredForOthers(
        context,
        users.map(({ id, username }) => ({ username, accountId: id })),
      )
    : Promise.resolve(new Set());
