import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { requireSessionViewer, type Context } from '../../graphql-kit/context.js';
import { fromGlobalId, toGlobalId } from '../../rules/global-id.js';
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
  reloadUser,
} from './administration.type.js';
import { createUser } from './create-user.js';
import { resetServiceToken } from './reset-service-token.js';
import { resetUserTwoFactor } from './reset-user-two-factor.js';
import { revokeUserSessions } from './revoke-user-sessions.js';
import { sendUserPasswordReset } from './send-user-password-reset.js';

/** Creates accounts and restores access to them. */
@Resolver()
export class UserAccessResolver {
  @Auth({ requires: 'ADMIN', stepUp: true })
  @Mutation(() => CreateUserPayload, {
    nullable: true,
    description:
      'Creates an account whose owner sets the password with a link. ROOT can also create a service account (role SERVICE) with a token that is shown only once.',
  })
  async createUser(
    @Arg('input', () => CreateUserInput, { description: 'The new account.' })
    { username, email = null, role, serviceScopes = null, reason }: CreateUserInput,
    @Ctx() context: Context,
  ): Promise<CreateUserPayload> {
    const { userId, passwordLink, serviceToken } = await createUser(context, requireSessionViewer(context), {
      username,
      email,
      role,
      serviceScopes,
      reason,
    });
    return { user: await reloadUser(context, { userId: toGlobalId('User', userId) }), passwordLink, serviceToken };
  }

  @Auth({ requires: 'ADMIN', stepUp: true })
  @Mutation(() => ResetUserTwoFactorPayload, {
    nullable: true,
    description:
      'Turns off two-factor authentication for a user who lost the authenticator app and the backup codes. Revokes the user’s sessions and API token.',
  })
  async resetUserTwoFactor(
    @Arg('input', () => ResetUserTwoFactorInput, { description: 'The account and the reason.' })
    input: ResetUserTwoFactorInput,
    @Ctx() context: Context,
  ): Promise<ResetUserTwoFactorPayload> {
    await resetUserTwoFactor(context, requireSessionViewer(context), toAdminAction(input));
    return { user: await reloadUser(context, input) };
  }

  @Auth({ requires: 'ADMIN', stepUp: true })
  @Mutation(() => SendUserPasswordResetPayload, {
    nullable: true,
    description: 'Emails a user a password reset link, or returns a link to share if email can’t reach the user.',
  })
  async sendUserPasswordReset(
    @Arg('input', () => SendUserPasswordResetInput, { description: 'The account and the reason.' })
    input: SendUserPasswordResetInput,
    @Ctx() context: Context,
  ): Promise<SendUserPasswordResetPayload> {
    return { resetLink: await sendUserPasswordReset(context, requireSessionViewer(context), toAdminAction(input)) };
  }

  @Auth({ requires: 'ADMIN', stepUp: true })
  @Mutation(() => RevokeUserSessionsPayload, {
    nullable: true,
    description:
      'Revokes all sessions of a user, or the given ones. All sessions also end unfinished sign-ins and links in emails.',
  })
  async revokeUserSessions(
    @Arg('input', () => RevokeUserSessionsInput, { description: 'The account, the sessions and the reason.' })
    input: RevokeUserSessionsInput,
    @Ctx() context: Context,
  ): Promise<RevokeUserSessionsPayload> {
    const sessionIds = input.sessionIds?.map((id) => fromGlobalId('Session', id)) ?? null;
    const revocation = { ...toAdminAction(input), sessionIds, tokens: input.tokens };
    return { revokedCount: await revokeUserSessions(context, requireSessionViewer(context), revocation) };
  }

  @Auth({ requires: 'ADMIN', stepUp: true })
  @Mutation(() => ResetServiceTokenPayload, {
    nullable: true,
    description: 'Resets the token of a service account. Only ROOT can do this.',
  })
  async resetServiceToken(
    @Arg('input', () => ResetServiceTokenInput, { description: 'The service account and the reason.' })
    input: ResetServiceTokenInput,
    @Ctx() context: Context,
  ): Promise<ResetServiceTokenPayload> {
    return { token: await resetServiceToken(context, requireSessionViewer(context), toAdminAction(input)) };
  }
}
