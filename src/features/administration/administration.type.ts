import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { accountsLoader } from '../account/accounts.loader.js';
import type { AccountStatus } from '../account/account.entity.js';
import type { Role } from '../../rules/role.js';
import { RoleEnum, UserStatusEnum, UserType, toUser } from '../account/user.type.js';
import type { Context } from '../../graphql-kit/context.js';
import { fromGlobalId } from '../../graphql-kit/relay/global-id.js';
import { Payload } from '../../graphql-kit/payload.type.js';
import type { AdminAction } from './act-on-user.js';

/** What every act of an administrator says. */
@InputType({ description: 'Why something is done.' })
abstract class ReasonInput {
  @Field(() => String, { description: 'Why: kept with the event, and told to the person. At most 500 characters.' })
  reason!: string;
}

@InputType({ description: 'Whom something is done to, and why.' })
abstract class AdminActionInput extends ReasonInput {
  @Field(() => ID, { description: 'The id of the account.' })
  userId!: string;
}

@InputType({ description: 'A new account.' })
export class CreateUserInput extends ReasonInput {
  @Field(() => String, { description: 'The name to sign in with; `policy.usernamePattern` tells its form.' })
  username!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Where the link to set a password is mailed; using it binds the address. Without one the link is in the answer.',
  })
  email?: string | null;

  @Field(() => RoleEnum, { defaultValue: 'USER', description: 'The role, below one’s own.' })
  role!: Role;
}

@InputType({ description: 'Whether somebody’s account is to be used.' })
export class SetUserStatusInput extends AdminActionInput {
  @Field(() => UserStatusEnum, { description: 'ACTIVE or DISABLED.' })
  status!: AccountStatus;
}

@InputType({ description: 'Another role for somebody.' })
export class SetUserRoleInput extends AdminActionInput {
  @Field(() => RoleEnum, { description: 'The role, below one’s own; not SERVICE.' })
  role!: Role;
}

@InputType({ description: 'Somebody who lost their second factor.' })
export class ResetUserTwoFactorInput extends AdminActionInput {}

@InputType({ description: 'Somebody who cannot sign in.' })
export class SendUserPasswordResetInput extends AdminActionInput {}

@InputType({ description: 'Somebody who is to be signed out everywhere.' })
export class RevokeUserSessionsInput extends AdminActionInput {}

@InputType({ description: 'A machine account that is to have a new token.' })
export class ResetServiceTokenInput extends AdminActionInput {}

@InputType({ description: 'An account to delete.' })
export class DeleteUserInput extends AdminActionInput {}

@InputType({ description: 'A deleted account to restore.' })
export class RestoreUserInput extends AdminActionInput {}

@ObjectType({ simpleResolvers: true })
abstract class UserPayload extends Payload {
  @Field(() => UserType, { nullable: true, description: 'The account, as it is now.' })
  user?: UserType | null;
}

@ObjectType({ description: 'The answer of createUser.', simpleResolvers: true })
export class CreateUserPayload extends UserPayload {
  @Field(() => String, {
    nullable: true,
    description:
      'A link to hand over, with which the person sets a password within 72 hours; null where it was mailed.',
  })
  passwordLink?: string | null;

  @Field(() => String, { nullable: true, description: 'The API token of a machine account, shown this once.' })
  serviceToken?: string | null;
}

@ObjectType({ description: 'The answer of setUserStatus.', simpleResolvers: true })
export class SetUserStatusPayload extends UserPayload {}

@ObjectType({ description: 'The answer of setUserRole.', simpleResolvers: true })
export class SetUserRolePayload extends UserPayload {}

@ObjectType({ description: 'The answer of resetUserTwoFactor.', simpleResolvers: true })
export class ResetUserTwoFactorPayload extends UserPayload {}

@ObjectType({ description: 'The answer of restoreUser.', simpleResolvers: true })
export class RestoreUserPayload extends UserPayload {}

@ObjectType({ description: 'The answer of sendUserPasswordReset.', simpleResolvers: true })
export class SendUserPasswordResetPayload extends Payload {
  @Field(() => String, {
    nullable: true,
    description: 'A link to hand over, which works once within 30 minutes; null where it was mailed.',
  })
  resetLink?: string | null;
}

@ObjectType({ description: 'The answer of revokeUserSessions.', simpleResolvers: true })
export class RevokeUserSessionsPayload extends Payload {
  @Field(() => Int, { nullable: true, description: 'How many sessions are over.' })
  revokedCount?: number;
}

@ObjectType({ description: 'The answer of resetServiceToken.', simpleResolvers: true })
export class ResetServiceTokenPayload extends Payload {
  @Field(() => String, {
    nullable: true,
    description: 'The new token, shown this once; the one before does not work any more.',
  })
  token?: string;
}

@ObjectType({ description: 'The answer of deleteUser.', simpleResolvers: true })
export class DeleteUserPayload extends Payload {
  @Field(() => ID, { nullable: true, description: 'The account that is deleted.' })
  deletedUserId?: string;
}

/** Whom an input names, and why. */
export const toAdminAction = ({ userId, reason }: AdminActionInput): AdminAction => ({
  userId: fromGlobalId('User', userId),
  reason,
});

/** The account as it is after a change. */
export async function userNow(
  context: Context,
  { userId }: Pick<AdminActionInput, 'userId'>,
): Promise<UserType | null> {
  const account = await accountsLoader(context).load(fromGlobalId('User', userId) ?? '');
  return account && toUser(account.id, account);
}
