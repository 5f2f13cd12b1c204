import { Link } from 'wouter';
import { graphql } from '../api/graphql.js';
import { Timestamp } from '../elements/timestamp.js';
import type { Column } from '../elements/table.js';
import type { UserListQuery, Role, UserOrderField, UserStatus } from '../generated/graphql.js';
import { useMessages } from '../language/language.js';
import { StatusBadge } from './status-badge.js';
import { useAdministrationMessages } from './messages.js';

/** The list of users. */
export const UserList = graphql(`
  query UserList($filter: UserFilter, $orderBy: UserOrder, $first: Int, $after: String, $last: Int, $before: String) {
    users(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      edges { cursor node { id username role status email createdAt lastLoginAt twoFactor { enabled } } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
`);

/** Every role, status and order, in the order of the filters. */
export const roles: readonly Role[] = ['USER', 'ADMIN', 'ROOT', 'SERVICE'];
export const statuses: readonly UserStatus[] = ['ACTIVE', 'DISABLED', 'DELETED'];
export const orders: readonly UserOrderField[] = ['CREATED_AT', 'USERNAME', 'LAST_LOGIN_AT'];

type ListedUser = NonNullable<UserListQuery['users']>['edges'][number]['node'];

/** The columns of the list of users. */
export function useUserColumns(): Column<ListedUser>[] {
  const messages = useAdministrationMessages();
  const { roles: roleNames } = useMessages();
  const { columns } = messages;
  return [
    {
      name: 'name',
      title: columns.name,
      cell: ({ id, username, email }) => (
        <span className="row-main">
          <Link href={`/administration/users/${id}`}>
            <bdi>{username}</bdi>
          </Link>
          <small>{email ?? messages.noEmail}</small>
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
            {twoFactor?.enabled ? messages.on : messages.off}
          </span>
        ),
    },
    {
      name: 'lastLogin',
      title: columns.lastLogin,
      cell: ({ lastLoginAt }) => (lastLoginAt ? <Timestamp at={lastLoginAt} /> : messages.never),
    },
    { name: 'created', title: columns.created, cell: ({ createdAt }) => <Timestamp at={createdAt} as="date" /> },
  ];
}
