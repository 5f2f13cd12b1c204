import { sql, type Expression, type ExpressionBuilder, type RawBuilder, type SqlBool } from 'kysely';
import type { AccountStatus } from '../account/account.entity.js';
import type { Role } from '../../rules/role.js';
import { accountColumns, type AccountRow } from '../account/find-accounts.js';
import { beginningWith, containing } from '../../database/read/like-pattern.js';
import { ask, type Reader, type Tables } from '../../database/read/select.js';

/** Which people are wanted; what is null limits nothing. */
export interface UserChoice {
  readonly search: string | null;
  readonly role: Role | null;
  readonly status: AccountStatus | null;
  readonly twoFactorEnabled: boolean | null;
}

/** What a list of people is ordered by. */
export type UserOrderField = 'CREATED_AT' | 'USERNAME' | 'LAST_LOGIN_AT';

/** The order of a list of people. */
export interface UserOrder {
  readonly field: UserOrderField;
  readonly direction: 'ASC' | 'DESC';
}

/** Where somebody stands in a list: the value that it is ordered by, and the id where that is the same. */
export interface UserPlace {
  readonly value: string;
  readonly id: string;
}

/** The part of the list that is wanted. */
interface UsersPage {
  readonly after: UserPlace | null;
  readonly before: UserPlace | null;
  readonly size: number;
  readonly backward: boolean;
}

/** Somebody in a list, and the value that places them there. */
export type ListedUser = AccountRow & Pick<UserPlace, 'value'>;

interface SortKey {
  readonly key: RawBuilder<unknown>;
  /** The key as text that loses nothing, which a moment in JavaScript would: it has no microseconds. */
  readonly text: RawBuilder<string>;
  /** A text as a value to compare the key with. */
  readonly of: (text: string) => RawBuilder<unknown>;
}

const momentOf = (text: string) => sql`${text}::timestamptz`;
const textOf = (moment: RawBuilder<unknown>) =>
  sql<string>`to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

const createdAt = sql`accounts.created_at`;
/** Who never signed in stands as who did so before everybody else. */
const lastLoginAt = sql`coalesce(accounts.last_login_at, timestamptz 'epoch')`;

const sortKeys: Readonly<Record<UserOrderField, SortKey>> = {
  CREATED_AT: { key: createdAt, text: textOf(createdAt), of: momentOf },
  LAST_LOGIN_AT: { key: lastLoginAt, text: textOf(lastLoginAt), of: momentOf },
  USERNAME: { key: sql`accounts.username`, text: sql<string>`accounts.username`, of: (text) => sql`${text}` },
};

/** So many characters are looked for anywhere, and fewer at the beginning. */
const TRIGRAM = 3;

/**
 * What the index finds anywhere: three letters or digits in a row, or where a word begins or ends. Names and addresses
 * are ASCII.
 */
const trigram = /[a-z0-9]{3}|[^a-z0-9][a-z0-9]|[a-z0-9]{2}[^a-z0-9]/;

type Accounts = ExpressionBuilder<Tables, 'accounts'>;

/**
 * Whose name or address holds a text. One without a letter or a digit finds nobody: no index has it, and all accounts
 * would be read.
 */
const holds =
  (search: string) =>
  ({ eb, or }: Accounts): Expression<SqlBool> => {
    if (!/[a-z0-9]/.test(search)) return sql<boolean>`false`;
    const pattern = search.length < TRIGRAM || !trigram.test(search) ? beginningWith(search) : containing(search);
    return or([eb('accounts.username', 'like', pattern), eb('accounts.email_key', 'like', pattern)]);
  };

const chosen =
  ({ search, role, status, twoFactorEnabled }: UserChoice) =>
  (accounts: Accounts): Expression<SqlBool> => {
    const { eb, and, not, exists, selectFrom } = accounts;
    const hasTwoFactor = exists(
      selectFrom('two_factors').whereRef('two_factors.account_id', '=', 'accounts.id').select('two_factors.account_id'),
    );
    return and([
      eb('accounts.erased_at', 'is', null),
      ...(search === null ? [] : [holds(search)(accounts)]),
      ...(role === null ? [] : [eb('accounts.role', '=', role)]),
      ...(status === null ? [] : [eb('accounts.status', '=', status)]),
      ...(twoFactorEnabled === null ? [] : [twoFactorEnabled ? hasTwoFactor : not(hasTwoFactor)]),
    ]);
  };

/**
 * A page of people, with one row more than wanted if there are more; from the end the last one first. The statement
 * holds those conditions alone that are wanted.
 */
export function findUsers(
  reader: Reader,
  choice: UserChoice,
  { field, direction }: UserOrder,
  { after, before, size, backward }: UsersPage,
): Promise<readonly ListedUser[]> {
  const { key, text, of } = sortKeys[field];
  const [later, earlier] = direction === 'ASC' ? [sql`>`, sql`<`] : [sql`<`, sql`>`];
  const beyond = (comparison: RawBuilder<unknown>, place: UserPlace) =>
    sql<SqlBool>`(${key}, accounts.id) ${comparison} (${of(place.value)}, ${place.id}::uuid)`;
  const ascending = (direction === 'ASC') !== backward;
  return ask(reader, (db) =>
    db
      .selectFrom('accounts')
      .where(chosen(choice))
      .where(({ and }) => and([...(after ? [beyond(later, after)] : []), ...(before ? [beyond(earlier, before)] : [])]))
      .orderBy(key, ascending ? 'asc' : 'desc')
      .orderBy('accounts.id', ascending ? 'asc' : 'desc')
      .limit(size + 1)
      .select(accountColumns)
      .select(text.as('value')),
  );
}

/** How many people there are of those wanted. */
export async function countUsers(reader: Reader, choice: UserChoice): Promise<number> {
  const [counted] = await ask(reader, (db) =>
    db
      .selectFrom('accounts')
      .where(chosen(choice))
      .select(sql<number>`count(*)::int`.as('count')),
  );
  return counted?.count ?? 0;
}
