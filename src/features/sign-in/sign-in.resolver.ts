import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { getSessionViewer, requireSessionViewer, type Context } from '../../graphql-kit/context.js';
import { redeliverSession } from '../session/session-delivery.type.js';
import { toSecondFactor } from '../two-factor/two-factor.type.js';
import { confirmIdentity } from './confirm-identity.js';
import { ConfirmIdentityInput, ConfirmIdentityPayload } from './confirm-identity.type.js';
import { login, type PreviousSignIn } from './login.js';
import { loginWithPasskey } from './login-with-passkey.js';
import { logout } from './logout.js';
import { startPasskeyLogin } from './start-passkey-login.js';
import {
  LoginInput,
  LoginPayload,
  LoginWithPasskeyInput,
  LogoutPayload,
  StartPasskeyLoginPayload,
  VerifySecondFactorInput,
  VerifySecondFactorPayload,
  toLoginPayload,
  toVerifySecondFactorPayload,
} from './sign-in.type.js';
import { verifySecondFactor } from './verify-second-factor.js';

const getPreviousSignIn = (context: Context): PreviousSignIn => ({
  viewer: getSessionViewer(context),
  deviceToken: context.deviceCookie.token,
  trustToken: context.trustCookie.token,
});

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
    return toLoginPayload(context, await login(context, getPreviousSignIn(context), input), input.delivery);
  }

  @Mutation(() => VerifySecondFactorPayload, {
    nullable: true,
    description: 'Completes a sign-in with the second factor.',
  })
  async verifySecondFactor(
    @Arg('input', () => VerifySecondFactorInput, { description: 'The challenge and the second factor.' })
    { challenge, factor, trustBrowser }: VerifySecondFactorInput,
    @Ctx() context: Context,
  ): Promise<VerifySecondFactorPayload> {
    return toVerifySecondFactorPayload(
      context,
      await verifySecondFactor(context, getPreviousSignIn(context), {
        challenge,
        factor: toSecondFactor(factor),
        trustBrowser,
      }),
    );
  }

  @Mutation(() => StartPasskeyLoginPayload, {
    nullable: true,
    description: 'Returns the options for a sign-in with a passkey. They reveal nothing about any account.',
  })
  async startPasskeyLogin(@Ctx() context: Context): Promise<StartPasskeyLoginPayload> {
    return { options: await startPasskeyLogin(context) };
  }

  @Mutation(() => LoginPayload, {
    nullable: true,
    description:
      'Signs in with a passkey with user verification, which counts as both factors: no second step follows.',
  })
  async loginWithPasskey(
    @Arg('input', () => LoginWithPasskeyInput, { description: 'The response of the browser.' })
    input: LoginWithPasskeyInput,
    @Ctx() context: Context,
  ): Promise<LoginPayload> {
    return toLoginPayload(context, await loginWithPasskey(context, getPreviousSignIn(context), input), input.delivery);
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
      password: password ?? null,
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
