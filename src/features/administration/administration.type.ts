import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { accountsLoader } from '../account/accounts.loader.js';
import type { AccountStatus } from '../account/account.entity.js';
import type { Role } from '../../rules/role.js';
import type { ServiceScope } from '../../rules/service-scope.js';
import { RoleEnum, ServiceScopeEnum, UserStatusEnum, UserType, toUser } from '../account/user.type.js';
import type { Context } from '../../graphql-kit/context.js';
import { fromGlobalId } from '../../rules/global-id.js';
import { Payload } from '../../graphql-kit/payload.type.js';
import type { AdminAction } from './act-on-user.js';

@InputType({ description: 'The reason for an action.' })
abstract class ReasonInput {
  @Field(() => String, {
    description: 'The reason, at most 500 characters. It is recorded with the event and sent to the user.',
  })
  reason!: string;
}

@InputType({ description: 'The account to act on, and the reason.' })
abstract class AdminActionInput extends ReasonInput {
  @Field(() => ID, { description: 'The ID of the account.' })
  userId!: string;
}

@InputType({ description: 'Input of createUser.' })
export class CreateUserInput extends ReasonInput {
  @Field(() => String, { description: 'The name to sign in with, in the form of `policy.usernamePattern`.' })
  username!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The address that receives the link to set a password. Using the link binds the address. If omitted, the link is returned instead.',
  })
  email?: string | null;

  @Field(() => RoleEnum, { defaultValue: 'USER', description: 'The role, lower than the caller’s own.' })
  role!: Role;

  @Field(() => [ServiceScopeEnum], {
    nullable: true,
    description: 'What a service account may do: at least one scope, each once. If omitted, CALL_KEYS.',
  })
  serviceScopes?: ServiceScope[] | null;
}

@InputType({ description: 'Input of setUserStatus.' })
export class SetUserStatusInput extends AdminActionInput {
  @Field(() => UserStatusEnum, { description: 'The new status: ACTIVE or DISABLED.' })
  status!: AccountStatus;
}

@InputType({ description: 'Input of setUserRole.' })
export class SetUserRoleInput extends AdminActionInput {
  @Field(() => RoleEnum, { description: 'The new role, lower than the caller’s own. Can’t be SERVICE.' })
  role!: Role;
}

@InputType({ description: 'Input of resetUserTwoFactor.' })
export class ResetUserTwoFactorInput extends AdminActionInput {}

@InputType({ description: 'Input of sendUserPasswordReset.' })
export class SendUserPasswordResetInput extends AdminActionInput {}

@InputType({ description: 'Input of revokeUserSessions.' })
export class RevokeUserSessionsInput extends AdminActionInput {
  @Field(() => [ID], {
    nullable: true,
    description: 'The sessions, at most 100. NOT_FOUND if one isn’t an active session of the account. Null for all.',
  })
  sessionIds?: string[] | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether to revoke the API token and the access tokens too, and to forget trusted browsers.',
  })
  tokens!: boolean;
}

@InputType({ description: 'Input of resetServiceToken.' })
export class ResetServiceTokenInput extends AdminActionInput {}

@InputType({ description: 'Input of deleteUser.' })
export class DeleteUserInput extends AdminActionInput {}

@InputType({ description: 'Input of restoreUser.' })
export class RestoreUserInput extends AdminActionInput {}

@ObjectType({ simpleResolvers: true })
abstract class UserPayload extends Payload {
  @Field(() => UserType, { nullable: true, description: 'The account after the change.' })
  user?: UserType | null;
}

@ObjectType({ description: 'The result of createUser.', simpleResolvers: true })
export class CreateUserPayload extends UserPayload {
  @Field(() => String, {
    nullable: true,
    description: 'A link to share with the user, valid for 72 hours, to set a password. Null if it was emailed.',
  })
  passwordLink?: string | null;

  @Field(() => String, { nullable: true, description: 'The API token of a service account. Shown only once.' })
  serviceToken?: string | null;
}

@ObjectType({ description: 'The result of setUserStatus.', simpleResolvers: true })
export class SetUserStatusPayload extends UserPayload {}

@ObjectType({ description: 'The result of setUserRole.', simpleResolvers: true })
export class SetUserRolePayload extends UserPayload {}

@ObjectType({ description: 'The result of resetUserTwoFactor.', simpleResolvers: true })
export class ResetUserTwoFactorPayload extends UserPayload {}

@ObjectType({ description: 'The result of restoreUser.', simpleResolvers: true })
export class RestoreUserPayload extends UserPayload {}

@ObjectType({ description: 'The result of sendUserPasswordReset.', simpleResolvers: true })
export class SendUserPasswordResetPayload extends Payload {
  @Field(() => String, {
    nullable: true,
    description: 'A link to share with the user, valid once for 30 minutes. Null if it was emailed.',
  })
  resetLink?: string | null;
}

@ObjectType({ description: 'The result of revokeUserSessions.', simpleResolvers: true })
export class RevokeUserSessionsPayload extends Payload {
  @Field(() => Int, { nullable: true, description: 'The number of revoked sessions.' })
  revokedCount?: number;
}

@ObjectType({ description: 'The result of resetServiceToken.', simpleResolvers: true })
export class ResetServiceTokenPayload extends Payload {
  @Field(() => String, {
    nullable: true,
    description: 'The new token. Shown only once; the previous token stops working.',
  })
  token?: string;
}

@ObjectType({ description: 'The result of deleteUser.', simpleResolvers: true })
export class DeleteUserPayload extends Payload {
  @Field(() => ID, { nullable: true, description: 'The ID of the deleted account.' })
  deletedUserId?: string;
}

/** Maps an input to the rule's action. */
export const toAdminAction = ({ userId, reason }: AdminActionInput): AdminAction => ({
  userId: fromGlobalId('User', userId),
  reason,
});

/** Loads the account after a change. */
export async function reloadUser(
  context: Context,
  { userId }: Pick<AdminActionInput, 'userId'>,
): Promise<UserType | null> {
  const account = await accountsLoader(context).load(fromGlobalId('User', userId) ?? '');
  return account && toUser(account.id, account);
}
