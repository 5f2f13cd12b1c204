import { Link } from 'wouter';
import { graphql } from '../api/graphql.js';
import { Moment } from '../elements/moment.js';
import type { Column } from '../elements/table.js';
import type { PeopleQuery, Role, UserOrderField, UserStatus } from '../generated/graphql.js';
import { useWords } from '../language/language.js';
import { StatusBadge } from './status-badge.js';
import { useAdministrationWords } from './words.js';

/** People, page by page. */
export const People = graphql(`
  query People($filter: UserFilter, $orderBy: UserOrder, $first: Int, $after: String, $last: Int, $before: String) {
    users(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      edges { cursor node { id username role status email createdAt lastLoginAt twoFactor { enabled } } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
`);

/** Every role, state and order, as they are offered. */
export const roles: readonly Role[] = ['USER', 'ADMIN', 'ROOT', 'SERVICE'];
export const statuses: readonly UserStatus[] = ['ACTIVE', 'DISABLED', 'DELETED'];
export const orders: readonly UserOrderField[] = ['CREATED_AT', 'USERNAME', 'LAST_LOGIN_AT'];

type PersonOfList = NonNullable<PeopleQuery['users']>['edges'][number]['node'];

/** The columns of a table of people. */
export function usePeopleColumns(): Column<PersonOfList>[] {
  const words = useAdministrationWords();
  const { roles: roleNames } = useWords();
  const { columns } = words;
  return [
    {
      name: 'name',
      title: columns.name,
      cell: ({ id, username, email }) => (
        <span className="row-main">
          <Link href={`/administration/people/${id}`}>
            <bdi>{username}</bdi>
          </Link>
          <small>{email ?? words.noEmail}</small>
        </span>
      ),
    },
    { name: 'role', title: columns.role, cell: ({ role }) => roleNames[role] },
    { name: 'status', title: columns.status, cell: ({ status }) => <StatusBadge status={status} /> },
    {
      name: 'twoFactor',
      title: columns.twoFactor,
      cell: ({ role, twoFactor }) =>
        role === 'SERVICE' ? (
          '–'
        ) : (
          <span className={`badge ${twoFactor?.enabled ? 'good' : ''}`}>
            {twoFactor?.enabled ? words.on : words.off}
          </span>
        ),
    },
    {
      name: 'lastLogin',
      title: columns.lastLogin,
      cell: ({ lastLoginAt }) => (lastLoginAt ? <Moment at={lastLoginAt} /> : words.never),
    },
    { name: 'created', title: columns.created, cell: ({ createdAt }) => <Moment at={createdAt} as="date" /> },
  ];
}
