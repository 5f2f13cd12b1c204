import { Arg, Ctx, Field, FieldResolver, InputType, Mutation, ObjectType, Resolver, Root } from 'type-graphql';
import { UserType, toUser } from '../account/user.type.js';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { viewerOf, type Context } from '../../graphql-kit/context.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { redeliverSession } from '../session/session-delivery.type.js';
import { Payload } from '../../graphql-kit/payload.type.js';
import { IssuedSessionType } from '../session/session.type.js';
import { changePassword, type PasswordChange } from './change-password.js';
import { passwordChangesLoader } from './password-changes.loader.js';

@InputType({ description: 'A new password, by who knows the current one.' })
class ChangePasswordInput implements PasswordChange {
  @Field(() => String, { description: 'The current password.' })
  currentPassword!: string;

  @Field(() => String, { description: 'The new password; `policy` tells its length.' })
  newPassword!: string;

  @Field(() => String, { description: 'The new password once more.' })
  confirmPassword!: string;
}

@ObjectType({ description: 'The answer of changePassword.', simpleResolvers: true })
class ChangePasswordPayload extends Payload {
  @Field(() => UserType, { nullable: true, description: 'The person.' })
  user?: UserType;

  @Field(() => IssuedSessionType, {
    nullable: true,
    description:
      'This session, with a fresh token for a bearer client; a browser gets a fresh cookie. All others are over.',
  })
  session?: IssuedSessionType;
}

@Resolver(() => UserType)
export class PasswordResolver {
  @Auth({ requires: 'ADMIN', orSelf: true })
  @FieldResolver(() => DateTimeScalar, {
    nullable: true,
    description: 'When the password was last set; null where there is none.',
  })
  passwordChangedAt(@Root() user: UserType, @Ctx() context: Context): Promise<Date | null> {
    return passwordChangesLoader(context).load(user.accountId);
  }

  @Auth()
  @Mutation(() => ChangePasswordPayload, {
    nullable: true,
    description: 'Changes the password. Every other session of the account ends.',
  })
  async changePassword(
    @Arg('input', () => ChangePasswordInput, { description: 'The current password and the new one.' })
    input: ChangePasswordInput,
    @Ctx() context: Context,
  ): Promise<ChangePasswordPayload> {
    const viewer = viewerOf(context);
    const session = await changePassword(context, viewer, input);
    return { user: toUser(viewer.accountId, viewer), session: redeliverSession(context, session) };
  }
}
