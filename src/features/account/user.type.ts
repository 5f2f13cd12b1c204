import { GraphQLEmailAddress } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import { toGlobalId } from '../../graphql-kit/relay/global-id.js';
import { NodeType } from '../../graphql-kit/relay/node.type.js';
import type { AccountStatus } from './account.entity.js';
import type { Locale } from '../../text/locale.js';
import type { Role } from '../../rules/role.js';

export const RoleEnum = graphqlEnum<Role>('Role', 'What an account may do: USER < ADMIN < ROOT.', {
  USER: 'Looks after the own account.',
  ADMIN: 'Looks after accounts of lower rank.',
  ROOT: 'Looks after all accounts, administrators among them.',
  SERVICE: 'A gateway’s machine account: it cannot sign in.',
});

export const UserStatusEnum = graphqlEnum<AccountStatus>('UserStatus', 'Whether an account can be used.', {
  ACTIVE: 'It can be used.',
  DISABLED: 'An administrator has switched it off.',
  DELETED: 'It is about to be erased; only administrators see it.',
});

export const LocaleEnum = graphqlEnum<Locale>('Locale', 'A language that Postern speaks.', {
  EN: 'English.',
  ZH: 'Chinese, in simplified characters.',
});

@ObjectType('User', { description: 'A person’s account.', implements: NodeType, simpleResolvers: true })
export class UserType extends NodeType {
  /** Whose object this is, for `@auth(orSelf: true)`; no field shows it. */
  accountId!: string;

  @Field(() => String, { description: 'The name to sign in with.' })
  username!: string;

  @Field(() => RoleEnum, { description: 'What the account may do.' })
  role!: Role;

  @Field(() => UserStatusEnum, { description: 'Whether the account can be used.' })
  status!: AccountStatus;

  @Field(() => DateTimeScalar, { description: 'When the account was made.' })
  createdAt!: Date;

  @Auth({ requires: 'ADMIN', accepts: ['SESSION', 'API_TOKEN'], orSelf: true })
  @Field(() => GraphQLEmailAddress, {
    nullable: true,
    description: 'The bound address, which is always a verified one; null until one is bound.',
  })
  email?: string | null;

  @Auth({ requires: 'ADMIN', accepts: ['SESSION', 'API_TOKEN'], orSelf: true })
  @Field(() => DateTimeScalar, { nullable: true, description: 'When the person last signed in.' })
  lastLoginAt?: Date | null;

  @Auth({ requires: 'ADMIN', accepts: ['SESSION', 'API_TOKEN'], orSelf: true })
  @Field(() => LocaleEnum, { nullable: true, description: 'The language of mails to the person.' })
  locale?: Locale;
}

/** An account as far as the schema shows it. */
type AccountRow = Pick<UserType, 'username' | 'role' | 'status' | 'createdAt'> & {
  readonly email: string | null;
  readonly locale: string;
  readonly lastLoginAt?: Date | null;
};

/** The `User` of an account. */
export const toUser = (
  id: string,
  { username, role, status, createdAt, email, locale, lastLoginAt = null }: AccountRow,
): UserType & { __typename: 'User' } => ({
  __typename: 'User',
  id: toGlobalId('User', id),
  accountId: id,
  username,
  role,
  status,
  createdAt,
  email,
  locale: locale as Locale,
  lastLoginAt,
});
