import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { sessionViewerOf, type Context } from '../graphql/context.js';
import { login } from './login.js';
import { logout } from './logout.js';
import { LoginInput, LoginPayload, LogoutPayload, toLoginPayload } from './sign-in.type.js';

@Resolver()
export class SignInResolver {
  @Mutation(() => LoginPayload, { nullable: true, description: 'Signs in with a password: a session, or a challenge where two-factor authentication is on.' })
  async login(@Arg('input', () => LoginInput, { description: 'Who, and the proof.' }) input: LoginInput, @Ctx() context: Context): Promise<LoginPayload> {
    return toLoginPayload(context, await login(context, { viewer: sessionViewerOf(context), deviceToken: context.deviceCookie.token }, input), input.delivery);
  }

  @Mutation(() => LogoutPayload, { nullable: true, description: 'Ends the session of this request, if there is one. It always succeeds.' })
  async logout(@Ctx() context: Context): Promise<LogoutPayload> {
    await logout(context, sessionViewerOf(context));
    context.cookie.clear();
    return {};
  }
}
