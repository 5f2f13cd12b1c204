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

const UserOrderFieldEnum = graphqlEnum<UserOrderField>('UserOrderField', 'What a list of people is ordered by.', {
  CREATED_AT: 'When the account was made.',
  USERNAME: 'The username.',
  LAST_LOGIN_AT: 'When the person last signed in; who never did stands before everybody else.',
});

const OrderDirectionEnum = graphqlEnum<UserOrder['direction']>('OrderDirection', 'Which way a list runs.', {
  ASC: 'From the least to the greatest, the oldest to the newest.',
  DESC: 'From the greatest to the least, the newest to the oldest.',
});

export const UserConnectionType = connectionType(UserType, 'User', {
  connection: 'A page of people.',
  edges: 'The people of the page.',
  edge: 'Somebody, and where they stand.',
  node: 'The person.',
});

@InputType({ description: 'Which people; what is not given limits nothing.' })
class UserFilter {
  @Field(() => String, {
    nullable: true,
    description:
      'A part of the username or the email address, in any case: three characters or more are found anywhere in it, fewer at its beginning, and what has neither a letter nor a digit nowhere. At most 64 characters.',
  })
  search?: string | null;

  @Field(() => RoleEnum, { nullable: true, description: 'Of this role.' })
  role?: Role | null;

  @Field(() => UserStatusEnum, { nullable: true, description: 'In this state.' })
  status?: AccountStatus | null;

  @Field(() => Boolean, { nullable: true, description: 'With two-factor authentication on, or off.' })
  twoFactorEnabled?: boolean | null;
}

@InputType('UserOrder', { description: 'The order of a list of people.' })
export class UserOrderInput implements UserOrder {
  @Field(() => UserOrderFieldEnum, { description: 'What it goes by.' })
  field!: UserOrderField;

  @Field(() => OrderDirectionEnum, { description: 'Which way it runs.' })
  direction!: UserOrder['direction'];
}

@ArgsType()
export class UsersArgs extends PageArgs {
  @Field(() => UserFilter, { nullable: true, description: 'Which people.' })
  filter?: UserFilter | null;

  @Field(() => UserOrderInput, {
    nullable: true,
    description: 'In which order: the newest account first if nothing is said.',
  })
  orderBy?: UserOrderInput | null;
}

/**
 * Reads a filter.
 *
 * @throws {GraphQLError} BAD_USER_INPUT for a search of more than 64 characters
 */
export const readUserFilter = (filter: UserFilter | null | undefined): UserSelection => ({
  search: toSearchText(filter?.search),
  role: filter?.role ?? null,
  status: filter?.status ?? null,
  twoFactorEnabled: filter?.twoFactorEnabled ?? null,
});
