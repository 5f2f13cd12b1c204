import { sql, type Expression, type ExpressionBuilder, type RawBuilder, type SqlBool } from 'kysely';
import type { AccountStatus } from '../account/account.entity.js';
import type { Role } from '../../rules/role.js';
import { accountColumns, type AccountRow } from '../account/find-accounts.js';
import { prefixPattern, containsPattern } from '../../database/read/like-pattern.js';
import { rowLimit, type PageRequest, type SortedPosition } from '../../database/read/keyset.js';
import { estimateRows, queryAdHoc, type Db, type Reader, type Tables } from '../../database/read/select.js';
import { userSorts, type UserOrder } from './user-order.js';

/** The filter of a list of users; null fields don't filter. */
export interface UserSelection {
  readonly search: string | null;
  readonly role: Role | null;
  readonly status: AccountStatus | null;
  readonly twoFactorEnabled: boolean | null;
}

/** A user in a list, with the value it is sorted by. */
export type ListedUser = AccountRow & SortedPosition;

/** Minimum length of a text that is searched for anywhere; shorter text is searched for only at the start. */
const TRIGRAM_LENGTH = 3;

/**
 * Matches text from which the trigram index can extract a trigram: three letters or digits in a row, or two at the
 * start or end of a word. Usernames and addresses are ASCII.
 */
const trigramPattern = /[a-z0-9]{3}|[^a-z0-9][a-z0-9]|[a-z0-9]{2}[^a-z0-9]/;

type Accounts = ExpressionBuilder<Tables, 'accounts'>;

/**
 * Matches accounts whose username or address contains the text. Text without a letter or digit matches nothing, because
 * no index supports it and it would scan all accounts.
 */
const matchesSearch =
  (search: string) =>
  ({ eb, or }: Accounts): Expression<SqlBool> => {
    if (!/[a-z0-9]/.test(search)) return sql<boolean>`false`;
    const pattern =
      search.length < TRIGRAM_LENGTH || !trigramPattern.test(search) ? prefixPattern(search) : containsPattern(search);
    return or([eb('accounts.username', 'like', pattern), eb('accounts.email_key', 'like', pattern)]);
  };

const isSelected =
  ({ search, role, status, twoFactorEnabled }: UserSelection) =>
  (accounts: Accounts): Expression<SqlBool> => {
    const { eb, and, not, exists, selectFrom } = accounts;
    const hasTwoFactor = exists(
      selectFrom('two_factors').whereRef('two_factors.account_id', '=', 'accounts.id').select('two_factors.account_id'),
    );
    return and([
      eb('accounts.erased_at', 'is', null),
      ...(search === null ? [] : [matchesSearch(search)(accounts)]),
      ...(role === null ? [] : [eb('accounts.role', '=', role)]),
      ...(status === null ? [] : [eb('accounts.status', '=', status)]),
      ...(twoFactorEnabled === null ? [] : [twoFactorEnabled ? hasTwoFactor : not(hasTwoFactor)]),
    ]);
  };

/** Finds the rows of a page of users. The statement contains only the conditions that are set. */
export function findUsers(
  reader: Reader,
  selection: UserSelection,
  { field, direction }: UserOrder,
  page: PageRequest<SortedPosition>,
): Promise<readonly ListedUser[]> {
  const { key, text, parse: parseValue } = userSorts[field];
  const [greater, less] = direction === 'ASC' ? [sql`>`, sql`<`] : [sql`<`, sql`>`];
  const compareWith = (comparison: RawBuilder<unknown>, { value, id }: SortedPosition) =>
    sql<SqlBool>`(${key}, accounts.id) ${comparison} (${parseValue(value)}, ${id}::uuid)`;
  const bounds = [
    ...(page.after ? [compareWith(greater, page.after)] : []),
    ...(page.before ? [compareWith(less, page.before)] : []),
  ];
  const sortDirection = (direction === 'ASC') !== page.backward ? 'asc' : 'desc';
  return queryAdHoc(reader, (db) =>
    db
      .selectFrom('accounts')
      .where(isSelected(selection))
      .where(({ and }) => and(bounds))
      .orderBy(key, sortDirection)
      .orderBy('accounts.id', sortDirection)
      .limit(rowLimit(page))
      .select(accountColumns)
      .select(text.as('value')),
  );
}

/** How many users are counted one by one; more would take longer than a read may. */
const COUNTED_USERS = 1_000_000;

/**
 * Counts the users that match. More than a million are estimated: PostgreSQL knows about how many rows its statement
 * would find.
 */
export async function countUsers(reader: Reader, selection: UserSelection, counted = COUNTED_USERS): Promise<number> {
  const selected = (db: Db) => db.selectFrom('accounts').where(isSelected(selection)).select('accounts.id');
  const [row] = await queryAdHoc(reader, (db) =>
    db
      .selectFrom(
        selected(db)
          .limit(counted + 1)
          .as('some'),
      )
      .select(sql<number>`count(*)::int`.as('count')),
  );
  const count = row?.count ?? 0;
  return count <= counted ? count : Math.max(count, await estimateRows(reader, selected));
}
