import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { UserType, toUser } from '../account/user.type.js';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { requireSessionViewer, type Context } from '../../graphql-kit/context.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { Payload } from '../../graphql-kit/payload.type.js';
import { bindEmail, type EmailBinding } from './bind-email.js';
import { revertEmailChange } from './revert-email-change.js';
import { sendVerificationCode, type SentCode } from './send-verification-code.js';

@InputType({ description: 'Input of sendVerificationCode.' })
class SendVerificationCodeInput {
  @Field(() => String, { description: 'The address to send the code to.' })
  email!: string;
}

@ObjectType({
  description: 'The result of sendVerificationCode. It is the same whether or not another account has the address.',
  simpleResolvers: true,
})
class SendVerificationCodePayload extends Payload implements Partial<SentCode> {
  @Field(() => DateTimeScalar, { nullable: true, description: 'When the code expires.' })
  expiresAt?: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When another code can be requested.' })
  resendAfter?: Date;
}

@InputType({ description: 'Input of bindEmail.' })
class BindEmailInput implements EmailBinding {
  @Field(() => String, { description: 'The address.' })
  email!: string;

  @Field(() => String, { description: 'The six-digit code from the email.' })
  code!: string;
}

@ObjectType({ description: 'The result of bindEmail.', simpleResolvers: true })
class BindEmailPayload extends Payload {
  @Field(() => UserType, { nullable: true, description: 'The user with the bound address.' })
  user?: UserType;
}

@InputType({ description: 'Input of revertEmailChange.' })
class RevertEmailChangeInput {
  @Field(() => String, { description: 'The token of the link sent to the previous address.' })
  token!: string;
}

@ObjectType({ description: 'The result of revertEmailChange.', simpleResolvers: true })
class RevertEmailChangePayload extends Payload {
  @Field(() => String, { nullable: true, description: 'A token for resetPassword, to set a new password.' })
  passwordResetToken?: string;
}

@Resolver()
export class EmailResolver {
  @Auth({ stepUp: true })
  @Mutation(() => SendVerificationCodePayload, {
    nullable: true,
    description: 'Emails a six-digit code to an address, to bind it. A new code replaces an older one.',
  })
  sendVerificationCode(
    @Arg('input', () => SendVerificationCodeInput, { description: 'The address to bind.' })
    { email }: SendVerificationCodeInput,
    @Ctx() context: Context,
  ): Promise<SendVerificationCodePayload> {
    return sendVerificationCode(context, requireSessionViewer(context), email);
  }

  @Auth()
  @Mutation(() => BindEmailPayload, {
    nullable: true,
    description:
      'Binds the address that a code was sent to. The previous address gets a notice with a link to undo the change.',
  })
  async bindEmail(
    @Arg('input', () => BindEmailInput, { description: 'The address and the code.' }) input: BindEmailInput,
    @Ctx() context: Context,
  ): Promise<BindEmailPayload> {
    const viewer = requireSessionViewer(context);
    const email = await bindEmail(context, viewer, input);
    return { user: toUser(viewer.accountId, { ...viewer, email }) };
  }

  @Mutation(() => RevertEmailChangePayload, {
    nullable: true,
    description:
      'Undoes an email change: restores the previous address with the token of its link. Revokes all sessions, the API token and the password of the account.',
  })
  async revertEmailChange(
    @Arg('input', () => RevertEmailChangeInput, { description: 'The token of the link.' })
    { token }: RevertEmailChangeInput,
    @Ctx() context: Context,
  ): Promise<RevertEmailChangePayload> {
    return { passwordResetToken: await revertEmailChange(context, token) };
  }
}
