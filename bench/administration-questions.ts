import type { SortedPosition } from '../src/database/read/keyset.js';
import type { UserSelection } from '../src/features/administration/find-users.js';
import type { UserOrder } from '../src/features/administration/user-order.js';

/** One way in which an administrator queries the list of users. */
export interface Question {
  readonly title: string;
  readonly selection: UserSelection;
  readonly order: UserOrder;
  readonly after: SortedPosition | null;
  /** Whether the query counts the users instead of reading a page. */
  readonly count: boolean;
  /** The condition in handwritten SQL. */
  readonly condition: string;
}

const allAccounts: UserSelection = { search: null, role: null, status: null, twoFactorEnabled: null };
const newestFirst: UserOrder = { field: 'CREATED_AT', direction: 'DESC' };
const middle = '01890000-0000-7000-8000-000000000001';

type QuestionFields = Partial<Omit<Question, 'selection'>> & { readonly selection?: Partial<UserSelection> };

const ask = (title: string, { selection = {}, ...question }: QuestionFields = {}): Question => ({
  title,
  order: newestFirst,
  after: null,
  count: false,
  condition: 'true',
  ...question,
  selection: { ...allAccounts, ...selection },
});
const search = (text: string, about: string, question: QuestionFields = {}) =>
  ask(`search ${JSON.stringify(text)}: ${about}`, {
    condition: ((pattern) => `(username like ${pattern} or email_key like ${pattern})`)(
      `'${text.length < 3 ? '' : '%'}${text.replace(/[%_\\]/g, '\\$&')}%'`,
    ),
    selection: { search: text },
    ...question,
  });

const hasTwoFactor = 'exists (select from two_factors where account_id = accounts.id)';

/** Each order, search, filter and count. */
export const questions: readonly Question[] = [
  ask('the first page, newest first'),
  ask('a page in the middle, newest first', {
    after: { value: '2022-01-01T00:00:00.000000Z', id: middle },
    condition: `(created_at, id) < (timestamptz '2022-01-01', '${middle}'::uuid)`,
  }),
  ask('by username', { order: { field: 'USERNAME', direction: 'ASC' } }),
  ask('by username, a page in the middle', {
    order: { field: 'USERNAME', direction: 'ASC' },
    after: { value: 'judy.rossi', id: middle },
    condition: `(username, id) > ('judy.rossi', '${middle}'::uuid)`,
  }),
  ask('by the last sign-in, latest first', { order: { field: 'LAST_LOGIN_AT', direction: 'DESC' } }),
  ask('by the last sign-in, who never did first', { order: { field: 'LAST_LOGIN_AT', direction: 'ASC' } }),
  search('tanaka123456', 'one person'),
  search('tanaka12', 'a part of some names'),
  search('smith', 'one in twenty'),
  search('singh4242@mail', 'a part of some addresses'),
  search('@mail7.', 'one in fifty, by the address'),
  search('nobody of them', 'nobody'),
  search('smith', 'one in twenty, by username', { order: { field: 'USERNAME', direction: 'ASC' } }),
  search('an', 'two characters, one in twenty'),
  search('q', 'one character, nobody'),
  search('_', 'no letter and no digit'),
  search('@@@', 'no letter and no digit'),
  ask('role USER', { selection: { role: 'USER' }, condition: "role = 'USER'" }),
  ask('role ADMIN: one in a thousand', { selection: { role: 'ADMIN' }, condition: "role = 'ADMIN'" }),
  ask('status ACTIVE', { selection: { status: 'ACTIVE' }, condition: "status = 'ACTIVE'" }),
  ask('status DISABLED: one in a thousand', { selection: { status: 'DISABLED' }, condition: "status = 'DISABLED'" }),
  ask('with two-factor authentication: one in twenty', {
    selection: { twoFactorEnabled: true },
    condition: hasTwoFactor,
  }),
  ask('without two-factor authentication', {
    selection: { twoFactorEnabled: false },
    condition: `not ${hasTwoFactor}`,
  }),
  ask('administrators without two-factor authentication', {
    selection: { role: 'ADMIN', twoFactorEnabled: false },
    condition: `role = 'ADMIN' and not ${hasTwoFactor}`,
  }),
  ask('how many there are', { count: true }),
  search('smith', 'how many there are', { count: true }),
];

const columns: Readonly<Record<UserOrder['field'], string>> = {
  CREATED_AT: 'created_at',
  USERNAME: 'username',
  LAST_LOGIN_AT: "coalesce(last_login_at, timestamptz 'epoch')",
};

/** The same query in handwritten SQL. */
export const byHand = ({ condition, order: { field, direction }, count }: Question, limit: number): string =>
  count
    ? `select count(*) from accounts where erased_at is null and ${condition}`
    : `select id, username, role, status, created_at, last_login_at, email, locale from accounts where erased_at is null and ${condition} order by ${columns[field]} ${direction}, id ${direction} limit ${limit}`;
