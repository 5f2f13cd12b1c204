import { GraphQLEmailAddress } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import { toGlobalId } from '../../rules/global-id.js';
import { NodeType } from '../../graphql-kit/relay/node.type.js';
import type { AccountStatus } from './account.entity.js';
import type { Locale } from '../../text/locale.js';
import type { Role } from '../../rules/role.js';
import type { ServiceScope } from '../../rules/service-scope.js';

export const RoleEnum = graphqlEnum<Role>('Role', 'What an account may do. USER < ADMIN < ROOT.', {
  USER: 'Manages their own account.',
  ADMIN: 'Manages accounts with a lower role.',
  ROOT: 'Manages all accounts, including administrators.',
  SERVICE: 'The account of a service, such as a gateway. It can’t sign in.',
});

export const ServiceScopeEnum = graphqlEnum<ServiceScope>(
  'ServiceScope',
  'What the token of a service account may do.',
  {
    CALL_KEYS: 'Verify call keys and record usage: `verifyCallKey`, `recordUsage`.',
    CREDENTIALS: 'Verify the credentials of users: `verifyCredential`, and introspection (RFC 7662).',
  },
);

export const UserStatusEnum = graphqlEnum<AccountStatus>('UserStatus', 'Whether an account can be used.', {
  ACTIVE: 'The account can be used.',
  DISABLED: 'An administrator disabled the account.',
  DELETED: 'The account is deleted and will be erased. Only administrators see it.',
});

export const LocaleEnum = graphqlEnum<Locale>('Locale', 'A language that Postern supports.', {
  EN: 'English.',
  ZH: 'Simplified Chinese.',
});

@ObjectType('User', { description: 'A user account.', implements: NodeType, simpleResolvers: true })
export class UserType extends NodeType {
  /** The owner, checked by `@auth(orSelf: true)`; no field exposes it. */
  accountId!: string;

  @Field(() => String, { description: 'The name the user signs in with.' })
  username!: string;

  @Field(() => RoleEnum, { description: 'What the account may do.' })
  role!: Role;

  @Field(() => UserStatusEnum, { description: 'Whether the account can be used.' })
  status!: AccountStatus;

  @Field(() => DateTimeScalar, { description: 'When the account was created.' })
  createdAt!: Date;

  @Auth({
    requires: 'ADMIN',
    accepts: ['SESSION', 'API_TOKEN'],
    orSelf: true,
    scope: 'ACCOUNT_READ',
    adminScope: 'USERS_READ',
  })
  @Field(() => GraphQLEmailAddress, {
    nullable: true,
    description: 'The bound email address, always verified. Null until one is bound.',
  })
  email?: string | null;

  @Auth({
    requires: 'ADMIN',
    accepts: ['SESSION', 'API_TOKEN'],
    orSelf: true,
    scope: 'ACCOUNT_READ',
    adminScope: 'USERS_READ',
  })
  @Field(() => DateTimeScalar, { nullable: true, description: 'When the user last signed in.' })
  lastLoginAt?: Date | null;

  @Auth({
    requires: 'ADMIN',
    accepts: ['SESSION', 'API_TOKEN'],
    orSelf: true,
    scope: 'ACCOUNT_READ',
    adminScope: 'USERS_READ',
  })
  @Field(() => LocaleEnum, {
    nullable: true,
    description:
      'The language of emails to the user. Null until the first sign-in, or until the first password is set with a link.',
  })
  locale?: Locale | null;

  @Auth({ requires: 'ADMIN' })
  @Field(() => [ServiceScopeEnum], {
    nullable: true,
    description: 'What the token of a service account may do. Null for users.',
  })
  serviceScopes?: readonly ServiceScope[] | null;
}

/** The account fields that the schema exposes. */
type AccountRow = Pick<UserType, 'username' | 'role' | 'status' | 'createdAt'> & {
  readonly email: string | null;
  readonly locale: string | null;
  readonly lastLoginAt?: Date | null;
  readonly serviceScopes?: readonly ServiceScope[] | null;
};

/** Maps an account to a `User`. */
export const toUser = (
  id: string,
  { username, role, status, createdAt, email, locale, lastLoginAt = null, serviceScopes = null }: AccountRow,
): UserType & { __typename: 'User' } => ({
  __typename: 'User',
  id: toGlobalId('User', id),
  accountId: id,
  username,
  role,
  status,
  createdAt,
  email,
  locale: locale as Locale | null,
  lastLoginAt,
  serviceScopes,
});
