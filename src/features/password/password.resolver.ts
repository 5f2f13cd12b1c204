import { Arg, Ctx, Field, FieldResolver, InputType, Mutation, ObjectType, Resolver, Root } from 'type-graphql';
import { UserType, toUser } from '../account/user.type.js';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { requireSessionViewer, type Context } from '../../graphql-kit/context.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { redeliverSession } from '../session/session-delivery.type.js';
import { Payload } from '../../graphql-kit/payload.type.js';
import { IssuedSessionType } from '../session/session.type.js';
import { changePassword, type PasswordChange } from './change-password.js';
import { passwordChangesLoader } from './password-changes.loader.js';

@InputType({ description: 'Input of changePassword.' })
class ChangePasswordInput implements PasswordChange {
  @Field(() => String, { description: 'The current password.' })
  currentPassword!: string;

  @Field(() => String, { description: 'The new password. See `policy` for its length.' })
  newPassword!: string;

  @Field(() => String, { description: 'The new password again.' })
  confirmPassword!: string;
}

@ObjectType({ description: 'The result of changePassword.', simpleResolvers: true })
class ChangePasswordPayload extends Payload {
  @Field(() => UserType, { nullable: true, description: 'The user.' })
  user?: UserType;

  @Field(() => IssuedSessionType, {
    nullable: true,
    description:
      'This session, with a new token for a bearer client or a new cookie for a browser. All other sessions are revoked.',
  })
  session?: IssuedSessionType;
}

@Resolver(() => UserType)
export class PasswordResolver {
  @Auth({ requires: 'ADMIN', orSelf: true })
  @FieldResolver(() => DateTimeScalar, {
    nullable: true,
    description: 'When the password was last set. Null if there is none.',
  })
  passwordChangedAt(@Root() user: UserType, @Ctx() context: Context): Promise<Date | null> {
    return passwordChangesLoader(context).load(user.accountId);
  }

  @Auth()
  @Mutation(() => ChangePasswordPayload, {
    nullable: true,
    description: 'Changes the password. Revokes all other sessions of the account.',
  })
  async changePassword(
    @Arg('input', () => ChangePasswordInput, { description: 'The current and the new password.' })
    input: ChangePasswordInput,
    @Ctx() context: Context,
  ): Promise<ChangePasswordPayload> {
    const viewer = requireSessionViewer(context);
    const session = await changePassword(context, viewer, input);
    return { user: toUser(viewer.accountId, viewer), session: redeliverSession(context, session) };
  }
}
