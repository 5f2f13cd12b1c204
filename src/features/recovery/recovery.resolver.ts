import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { Context } from '../../graphql-kit/context.js';
import { JsonScalar } from '../../graphql-kit/scalars/json.js';
import { Payload } from '../../graphql-kit/payload.type.js';
import { SecondFactorInput, toSecondFactor } from '../two-factor/two-factor.type.js';
import { requestPasswordReset } from './request-password-reset.js';
import { startPasskeyRecovery } from './start-passkey-recovery.js';
import { resetPassword, type PasswordReset } from './reset-password.js';

@InputType({ description: 'Input of requestPasswordReset.' })
class RequestPasswordResetInput {
  @Field(() => String, { description: 'The email address bound to the account.' })
  email!: string;
}

@ObjectType({
  description: 'The result of requestPasswordReset. It is the same whether or not an account has the address.',
  simpleResolvers: true,
})
class RequestPasswordResetPayload extends Payload {}

@InputType({ description: 'Input of resetPassword.' })
class ResetPasswordInput implements Omit<PasswordReset, 'factor'> {
  @Field(() => String, { description: 'The token of the link.' })
  token!: string;

  @Field(() => String, { description: 'The new password.' })
  newPassword!: string;

  @Field(() => String, { description: 'The new password again.' })
  confirmPassword!: string;

  @Field(() => SecondFactorInput, {
    nullable: true,
    description: 'The second factor. Required if two-factor authentication is on (SECOND_FACTOR_REQUIRED).',
  })
  factor?: SecondFactorInput | null;
}

@ObjectType({ description: 'The result of resetPassword. It doesn’t create a session.', simpleResolvers: true })
class ResetPasswordPayload extends Payload {}

@InputType({ description: 'Input of startPasskeyRecovery.' })
class StartPasskeyRecoveryInput {
  @Field(() => String, { description: 'The token of the link. It stays valid.' })
  token!: string;
}

@ObjectType({ description: 'The result of startPasskeyRecovery.', simpleResolvers: true })
class StartPasskeyRecoveryPayload extends Payload {
  @Field(() => JsonScalar, {
    nullable: true,
    description: 'The PublicKeyCredentialRequestOptionsJSON. Valid for 5 minutes, for this link.',
  })
  options?: unknown;
}

@Resolver()
export class RecoveryResolver {
  @Mutation(() => RequestPasswordResetPayload, {
    nullable: true,
    description:
      'Requests an email with a link to reset the password. The result doesn’t reveal whether an account has the address.',
  })
  async requestPasswordReset(
    @Arg('input', () => RequestPasswordResetInput, { description: 'The email address.' })
    { email }: RequestPasswordResetInput,
    @Ctx() context: Context,
  ): Promise<RequestPasswordResetPayload> {
    await requestPasswordReset(context, email);
    return {};
  }

  @Mutation(() => ResetPasswordPayload, {
    nullable: true,
    description:
      'Sets a new password with the token of a link, once. Revokes all sessions. Two-factor authentication stays on, and its factor is required.',
  })
  async resetPassword(
    @Arg('input', () => ResetPasswordInput, { description: 'The token and the new password.' })
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

  @Mutation(() => StartPasskeyRecoveryPayload, {
    nullable: true,
    description:
      'Returns the options for a passkey as the second factor of resetPassword. Refuses with INVALID_TOKEN, or with PASSKEY_NOT_SET without a passkey.',
  })
  async startPasskeyRecovery(
    @Arg('input', () => StartPasskeyRecoveryInput, { description: 'The token.' }) { token }: StartPasskeyRecoveryInput,
    @Ctx() context: Context,
  ): Promise<StartPasskeyRecoveryPayload> {
    return { options: await startPasskeyRecovery(context, token) };
  }
}
