import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { viewerOf, type Context } from '../../graphql-kit/context.js';
import { toGlobalId } from '../../graphql-kit/relay/global-id.js';
import {
  CreateUserInput,
  CreateUserPayload,
  ResetServiceTokenInput,
  ResetServiceTokenPayload,
  ResetUserTwoFactorInput,
  ResetUserTwoFactorPayload,
  RevokeUserSessionsInput,
  RevokeUserSessionsPayload,
  SendUserPasswordResetInput,
  SendUserPasswordResetPayload,
  toAdminAction,
  userNow,
} from './administration.type.js';
import { createUser } from './create-user.js';
import { resetServiceToken } from './reset-service-token.js';
import { resetUserTwoFactor } from './reset-user-two-factor.js';
import { revokeUserSessions } from './revoke-user-sessions.js';
import { sendUserPasswordReset } from './send-user-password-reset.js';

/** How people come in, and are let in again. */
@Resolver()
export class UserAccessResolver {
  @Auth({ requires: 'ADMIN', stepUp: true })
  @Mutation(() => CreateUserPayload, {
    nullable: true,
    description:
      'Makes an account, whose owner sets the password with a link; or as ROOT a machine account (role SERVICE), with a token that is shown once.',
  })
  async createUser(
    @Arg('input', () => CreateUserInput, { description: 'The account.' })
    { username, email = null, role, reason }: CreateUserInput,
    @Ctx() context: Context,
  ): Promise<CreateUserPayload> {
    const { userId, passwordLink, serviceToken } = await createUser(context, viewerOf(context), {
      username,
      email,
      role,
      reason,
    });
    return { user: await userNow(context, { userId: toGlobalId('User', userId) }), passwordLink, serviceToken };
  }

  @Auth({ requires: 'ADMIN', stepUp: true })
  @Mutation(() => ResetUserTwoFactorPayload, {
    nullable: true,
    description:
      'Takes two-factor authentication off for somebody who lost app and backup codes. Their sessions end, and their API token goes.',
  })
  async resetUserTwoFactor(
    @Arg('input', () => ResetUserTwoFactorInput, { description: 'Whom.' }) input: ResetUserTwoFactorInput,
    @Ctx() context: Context,
  ): Promise<ResetUserTwoFactorPayload> {
    await resetUserTwoFactor(context, viewerOf(context), toAdminAction(input));
    return { user: await userNow(context, input) };
  }

  @Auth({ requires: 'ADMIN', stepUp: true })
  @Mutation(() => SendUserPasswordResetPayload, {
    nullable: true,
    description:
      'Mails somebody the way to a new password, or answers with a link to hand over where no mail can reach them.',
  })
  async sendUserPasswordReset(
    @Arg('input', () => SendUserPasswordResetInput, { description: 'Whom.' }) input: SendUserPasswordResetInput,
    @Ctx() context: Context,
  ): Promise<SendUserPasswordResetPayload> {
    return { resetLink: await sendUserPasswordReset(context, viewerOf(context), toAdminAction(input)) };
  }

  @Auth({ requires: 'ADMIN', stepUp: true })
  @Mutation(() => RevokeUserSessionsPayload, { nullable: true, description: 'Signs somebody out everywhere.' })
  async revokeUserSessions(
    @Arg('input', () => RevokeUserSessionsInput, { description: 'Whom.' }) input: RevokeUserSessionsInput,
    @Ctx() context: Context,
  ): Promise<RevokeUserSessionsPayload> {
    return { revokedCount: await revokeUserSessions(context, viewerOf(context), toAdminAction(input)) };
  }

  @Auth({ requires: 'ADMIN', stepUp: true })
  @Mutation(() => ResetServiceTokenPayload, {
    nullable: true,
    description: 'Makes a machine account a new token; ROOT alone does.',
  })
  async resetServiceToken(
    @Arg('input', () => ResetServiceTokenInput, { description: 'Which machine account.' })
    input: ResetServiceTokenInput,
    @Ctx() context: Context,
  ): Promise<ResetServiceTokenPayload> {
    return { token: await resetServiceToken(context, viewerOf(context), toAdminAction(input)) };
  }
}
