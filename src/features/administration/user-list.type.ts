import { ArgsType, Field, InputType } from 'type-graphql';
import type { AccountStatus } from '../account/account.entity.js';
import type { Role } from '../../rules/role.js';
import { RoleEnum, UserStatusEnum, UserType } from '../account/user.type.js';
import { connectionType } from '../../graphql-kit/relay/connection.js';
import { PageArgs } from '../../graphql-kit/relay/page.js';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import { toSearchText } from '../../graphql-kit/search-text.js';
import type { UserSelection } from './find-users.js';
import type { UserOrder, UserOrderField } from './user-order.js';

const UserOrderFieldEnum = graphqlEnum<UserOrderField>('UserOrderField', 'The field a list of users is sorted by.', {
  CREATED_AT: 'When the account was created.',
  USERNAME: 'The username.',
  LAST_LOGIN_AT: 'When the user last signed in. Users who never signed in sort first in ascending order.',
});

const OrderDirectionEnum = graphqlEnum<UserOrder['direction']>('OrderDirection', 'The direction of a sort.', {
  ASC: 'Ascending: lowest to highest, oldest to newest.',
  DESC: 'Descending: highest to lowest, newest to oldest.',
});

export const UserConnectionType = connectionType(UserType, 'User', {
  connection: 'A page of users.',
  edges: 'The users on this page.',
  edge: 'A user and its cursor.',
  node: 'The user.',
});

@InputType({ description: 'Filters users. Omitted fields don’t filter.' })
class UserFilter {
  @Field(() => String, {
    nullable: true,
    description:
      'Part of the username or email address, case-insensitive. Three or more characters match anywhere, fewer only at the start. Text without a letter or digit matches nothing. At most 64 characters.',
  })
  search?: string | null;

  @Field(() => RoleEnum, { nullable: true, description: 'Only users with this role.' })
  role?: Role | null;

  @Field(() => UserStatusEnum, { nullable: true, description: 'Only users with this status.' })
  status?: AccountStatus | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only users with two-factor authentication on (true) or off (false).',
  })
  twoFactorEnabled?: boolean | null;
}

@InputType('UserOrder', { description: 'The order of a list of users.' })
export class UserOrderInput implements UserOrder {
  @Field(() => UserOrderFieldEnum, { description: 'The field to sort by.' })
  field!: UserOrderField;

  @Field(() => OrderDirectionEnum, { description: 'The sort direction.' })
  direction!: UserOrder['direction'];
}

@ArgsType()
export class UsersArgs extends PageArgs {
  @Field(() => UserFilter, { nullable: true, description: 'Filters the users.' })
  filter?: UserFilter | null;

  @Field(() => UserOrderInput, {
    nullable: true,
    description: 'The order of the users. Defaults to newest account first.',
  })
  orderBy?: UserOrderInput | null;
}

/**
 * Parses a filter.
 *
 * @throws {GraphQLError} BAD_USER_INPUT if the search is longer than 64 characters
 */
export const parseUserFilter = (filter: UserFilter | null | undefined): UserSelection => ({
  search: toSearchText(filter?.search),
  role: filter?.role ?? null,
  status: filter?.status ?? null,
  twoFactorEnabled: filter?.twoFactorEnabled ?? null,
});
