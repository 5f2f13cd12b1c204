import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { Context } from '../../graphql-kit/context.js';
import { Payload } from '../../graphql-kit/payload.type.js';
import { SecondFactorInput, toSecondFactor } from '../two-factor/two-factor.type.js';
import { requestPasswordReset } from './request-password-reset.js';
import { resetPassword, type PasswordReset } from './reset-password.js';

@InputType({ description: 'Who cannot sign in any more.' })
class RequestPasswordResetInput {
  @Field(() => String, { description: 'The address that is bound to the account.' })
  email!: string;
}

@ObjectType({
  description: 'The answer of requestPasswordReset: the same whether or not an account has the address.',
  simpleResolvers: true,
})
class RequestPasswordResetPayload extends Payload {}

@InputType({ description: 'A new password, and the right to set it.' })
class ResetPasswordInput implements Omit<PasswordReset, 'factor'> {
  @Field(() => String, { description: 'The token of the link.' })
  token!: string;

  @Field(() => String, { description: 'The new password.' })
  newPassword!: string;

  @Field(() => String, { description: 'The new password again.' })
  confirmPassword!: string;

  @Field(() => SecondFactorInput, {
    nullable: true,
    description: 'A second factor: needed where two-factor authentication is on (SECOND_FACTOR_REQUIRED).',
  })
  factor?: SecondFactorInput | null;
}

@ObjectType({ description: 'The answer of resetPassword. It opens no session.', simpleResolvers: true })
class ResetPasswordPayload extends Payload {}

@Resolver()
export class RecoveryResolver {
  @Mutation(() => RequestPasswordResetPayload, {
    nullable: true,
    description:
      'Asks for a mail with the way to a new password. The answer never tells whether an account has the address.',
  })
  async requestPasswordReset(
    @Arg('input', () => RequestPasswordResetInput, { description: 'The address.' })
    { email }: RequestPasswordResetInput,
    @Ctx() context: Context,
  ): Promise<RequestPasswordResetPayload> {
    await requestPasswordReset(context, email);
    return {};
  }

  @Mutation(() => ResetPasswordPayload, {
    nullable: true,
    description:
      'Sets a new password with the token of a link, once. All sessions end; two-factor authentication stays on and is asked for.',
  })
  async resetPassword(
    @Arg('input', () => ResetPasswordInput, { description: 'The token and the password.' })
    { token, newPassword, confirmPassword, factor }: ResetPasswordInput,
    @Ctx() context: Context,
  ): Promise<ResetPasswordPayload> {
    await resetPassword(context, {
      token,
      newPassword,
      confirmPassword,
      factor: factor ? toSecondFactor(factor) : null,
    });
    return {};
  }
}
