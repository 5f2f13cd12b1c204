import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { UserType, toUser } from '../account/user.type.js';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { viewerOf, type Context } from '../../graphql-kit/context.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { Payload } from '../../graphql-kit/payload.type.js';
import { bindEmail, type Binding } from './bind-email.js';
import { revertEmailChange } from './revert-email-change.js';
import { sendVerificationCode, type SentCode } from './send-verification-code.js';

@InputType({ description: 'An address to bind.' })
class SendVerificationCodeInput {
  @Field(() => String, { description: 'The address that the code is mailed to.' })
  email!: string;
}

@ObjectType({
  description: 'The answer of sendVerificationCode: the same whether or not somebody else has the address.',
  simpleResolvers: true,
})
class SendVerificationCodePayload extends Payload implements Partial<SentCode> {
  @Field(() => DateTimeScalar, { nullable: true, description: 'When the code stops working.' })
  expiresAt?: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When another may be asked for.' })
  resendAfter?: Date;
}

@InputType({ description: 'An address, and the code that was mailed to it.' })
class BindEmailInput implements Binding {
  @Field(() => String, { description: 'The address.' })
  email!: string;

  @Field(() => String, { description: 'The six digits of the mail.' })
  code!: string;
}

@ObjectType({ description: 'The answer of bindEmail.', simpleResolvers: true })
class BindEmailPayload extends Payload {
  @Field(() => UserType, { nullable: true, description: 'The person, with the address.' })
  user?: UserType;
}

@InputType({ description: 'The token of the link that the former address got.' })
class RevertEmailChangeInput {
  @Field(() => String, { description: 'The token.' })
  token!: string;
}

@ObjectType({ description: 'The answer of revertEmailChange.', simpleResolvers: true })
class RevertEmailChangePayload extends Payload {
  @Field(() => String, { nullable: true, description: 'With this, resetPassword sets the new password.' })
  passwordResetToken?: string;
}

@Resolver()
export class EmailResolver {
  @Auth({ stepUp: true })
  @Mutation(() => SendVerificationCodePayload, {
    nullable: true,
    description: 'Mails a code of six digits to an address, to bind it. A newer code replaces an older one.',
  })
  sendVerificationCode(
    @Arg('input', () => SendVerificationCodeInput, { description: 'The address.' })
    { email }: SendVerificationCodeInput,
    @Ctx() context: Context,
  ): Promise<SendVerificationCodePayload> {
    return sendVerificationCode(context, viewerOf(context), email);
  }

  @Auth()
  @Mutation(() => BindEmailPayload, {
    nullable: true,
    description:
      'Binds the address that a code was mailed to. A former address gets a notice, with the way to undo it.',
  })
  async bindEmail(
    @Arg('input', () => BindEmailInput, { description: 'The address and the code.' }) input: BindEmailInput,
    @Ctx() context: Context,
  ): Promise<BindEmailPayload> {
    const viewer = viewerOf(context);
    const email = await bindEmail(context, viewer, input);
    return { user: toUser(viewer.accountId, { ...viewer, email }) };
  }

  @Mutation(() => RevertEmailChangePayload, {
    nullable: true,
    description:
      '“This wasn’t me”: brings the former address back with the token of its link. Every session and token of the account ends.',
  })
  async revertEmailChange(
    @Arg('input', () => RevertEmailChangeInput, { description: 'The token.' }) { token }: RevertEmailChangeInput,
    @Ctx() context: Context,
  ): Promise<RevertEmailChangePayload> {
    return { passwordResetToken: await revertEmailChange(context, token) };
  }
}
