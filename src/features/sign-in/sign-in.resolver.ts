import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { getSessionViewer, requireSessionViewer, type Context } from '../../graphql-kit/context.js';
import { redeliverSession } from '../session/session-delivery.type.js';
import { toSecondFactor } from '../two-factor/two-factor.type.js';
import { confirmIdentity } from './confirm-identity.js';
import { ConfirmIdentityInput, ConfirmIdentityPayload } from './confirm-identity.type.js';
import { login } from './login.js';
import { logout } from './logout.js';
import {
  LoginInput,
  LoginPayload,
  LogoutPayload,
  VerifySecondFactorInput,
  VerifySecondFactorPayload,
  toLoginPayload,
  toVerifySecondFactorPayload,
} from './sign-in.type.js';
import { verifySecondFactor } from './verify-second-factor.js';

@Resolver()
export class SignInResolver {
  @Mutation(() => LoginPayload, {
    nullable: true,
    description: 'Signs in with a password. Returns a session, or a challenge if two-factor authentication is on.',
  })
  async login(
    @Arg('input', () => LoginInput, { description: 'The username or email address, and the password.' })
    input: LoginInput,
    @Ctx() context: Context,
  ): Promise<LoginPayload> {
    return toLoginPayload(
      context,
      await login(context, { viewer: getSessionViewer(context), deviceToken: context.deviceCookie.token }, input),
      input.delivery,
    );
  }

  @Mutation(() => VerifySecondFactorPayload, {
    nullable: true,
    description: 'Completes a sign-in with the second factor.',
  })
  async verifySecondFactor(
    @Arg('input', () => VerifySecondFactorInput, { description: 'The challenge and the second factor.' })
    { challenge, factor }: VerifySecondFactorInput,
    @Ctx() context: Context,
  ): Promise<VerifySecondFactorPayload> {
    const previous = { viewer: getSessionViewer(context), deviceToken: context.deviceCookie.token };
    return toVerifySecondFactorPayload(
      context,
      await verifySecondFactor(context, previous, { challenge, factor: toSecondFactor(factor) }),
    );
  }

  @Auth()
  @Mutation(() => ConfirmIdentityPayload, {
    nullable: true,
    description: 'Confirms the caller’s identity, which allows sensitive operations in this session for a few minutes.',
  })
  async confirmIdentity(
    @Arg('input', () => ConfirmIdentityInput, { description: 'The password and, if required, the second factor.' })
    { password, factor }: ConfirmIdentityInput,
    @Ctx() context: Context,
  ): Promise<ConfirmIdentityPayload> {
    const session = await confirmIdentity(context, requireSessionViewer(context), {
      password,
      factor: factor ? toSecondFactor(factor) : null,
    });
    return {
      stepUpExpiresAt: new Date(context.now.getTime() + context.config.stepUpMs),
      session: redeliverSession(context, session),
    };
  }

  @Mutation(() => LogoutPayload, {
    nullable: true,
    description: 'Ends the session of the request, if there is one. Always succeeds.',
  })
  async logout(@Ctx() context: Context): Promise<LogoutPayload> {
    await logout(context, getSessionViewer(context));
    context.sessionCookie.clear();
    return {};
  }
}
