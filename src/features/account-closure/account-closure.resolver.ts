import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { requireSessionViewer, type Context } from '../../graphql-kit/context.js';
import { Payload } from '../../graphql-kit/payload.type.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { SecondFactorInput, toSecondFactor } from '../two-factor/two-factor.type.js';
import { cancelAccountDeletion } from './cancel-account-deletion.js';
import { deleteMyAccount } from './delete-my-account.js';

@InputType({ description: 'Input of deleteMyAccount.' })
class DeleteMyAccountInput {
  @Field(() => String, {
    nullable: true,
    description: 'The password. Required unless the factor is a passkey with user verification.',
  })
  password?: string | null;

  @Field(() => SecondFactorInput, {
    nullable: true,
    description: 'The second factor. Required if two-factor authentication is on (SECOND_FACTOR_REQUIRED).',
  })
  factor?: SecondFactorInput | null;
}

@ObjectType({ description: 'The result of deleteMyAccount.', simpleResolvers: true })
class DeleteMyAccountPayload extends Payload {
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the account is erased. Until then the mailed link or an administrator restores it.',
  })
  erasedAt?: Date;
}

@InputType({ description: 'Input of cancelAccountDeletion.' })
class CancelAccountDeletionInput {
  @Field(() => String, { description: 'The token of the link that was mailed when the account was deleted.' })
  token!: string;
}

@ObjectType({
  description: 'The result of cancelAccountDeletion. It doesn’t create a session.',
  simpleResolvers: true,
})
class CancelAccountDeletionPayload extends Payload {
  @Field(() => String, {
    nullable: true,
    description:
      'A token for resetPassword, to set a new password: whoever asked for the deletion may know the old one.',
  })
  passwordResetToken?: string;
}

@Resolver()
export class AccountClosureResolver {
  @Auth({ stepUp: true })
  @Mutation(() => DeleteMyAccountPayload, {
    nullable: true,
    description:
      'Deletes the caller’s account. Needs the password, and a factor while one is on; or a passkey with user verification. All sessions and tokens end for good, and call keys are refused. The account can be restored for 30 days; then personal data is permanently erased.',
  })
  async deleteMyAccount(
    @Arg('input', () => DeleteMyAccountInput, { description: 'The password and, if required, the second factor.' })
    { password, factor }: DeleteMyAccountInput,
    @Ctx() context: Context,
  ): Promise<DeleteMyAccountPayload> {
    const erasedAt = await deleteMyAccount(context, requireSessionViewer(context), {
      password: password ?? null,
      factor: factor ? toSecondFactor(factor) : null,
    });
    context.sessionCookie.clear();
    context.trustCookie.clear();
    return { erasedAt };
  }

  @Mutation(() => CancelAccountDeletionPayload, {
    nullable: true,
    description:
      'Restores an account that its owner deleted, once, with the token of the mailed link. It opens no session. Sessions and tokens stay revoked.',
  })
  async cancelAccountDeletion(
    @Arg('input', () => CancelAccountDeletionInput, { description: 'The token of the link.' })
    { token }: CancelAccountDeletionInput,
    @Ctx() context: Context,
  ): Promise<CancelAccountDeletionPayload> {
    return { passwordResetToken: await cancelAccountDeletion(context, token) };
  }
}
