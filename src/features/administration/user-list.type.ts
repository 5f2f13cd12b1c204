import { ArgsType, Field, InputType, ObjectType } from 'type-graphql';
import type { AccountStatus } from '../account/account.entity.js';
import type { Role } from '../../rules/role.js';
import { RoleEnum, UserStatusEnum, UserType } from '../account/user.type.js';
import { PageArguments, PageInfoType, type Connection, type Edge } from '../../graphql-kit/relay/connection.js';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import type { UserChoice, UserOrder, UserOrderField } from './find-users.js';

const UserOrderFieldEnum = graphqlEnum<UserOrderField>('UserOrderField', 'What a list of people is ordered by.', {
  CREATED_AT: 'When the account was made.',
  USERNAME: 'The username.',
  LAST_LOGIN_AT: 'When the person last signed in; who never did stands before everybody else.',
});

const OrderDirectionEnum = graphqlEnum<UserOrder['direction']>('OrderDirection', 'Which way a list runs.', {
  ASC: 'From the least to the greatest, the oldest to the newest.',
  DESC: 'From the greatest to the least, the newest to the oldest.',
});

@ObjectType('UserEdge', { description: 'Somebody, and where they stand.', simpleResolvers: true })
class UserEdgeType implements Edge<UserType> {
  @Field(() => String, { description: 'The place in the list, for after and before.' })
  cursor!: string;

  @Field(() => UserType, { description: 'The person.' })
  node!: UserType;
}

@ObjectType('UserConnection', { description: 'A page of people.', simpleResolvers: true })
export class UserConnectionType implements Connection<UserType> {
  /** Who is counted where the number of all is asked for; no field shows it. */
  choice!: UserChoice;

  @Field(() => [UserEdgeType], { description: 'The people of the page.' })
  edges!: UserEdgeType[];

  @Field(() => PageInfoType, { description: 'Where the page stands.' })
  pageInfo!: PageInfoType;
}

@InputType({ description: 'Which people; what is not given limits nothing.' })
export class UserFilter {
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
export class UsersArguments extends PageArguments {
  @Field(() => UserFilter, { nullable: true, description: 'Which people.' })
  filter?: UserFilter | null;

  @Field(() => UserOrderInput, {
    nullable: true,
    description: 'In which order: the newest account first if nothing is said.',
  })
  orderBy?: UserOrderInput | null;
}
