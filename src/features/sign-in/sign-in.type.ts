import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { UserType, toUser } from '../account/user.type.js';
import type { Context } from '../../graphql-kit/context.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { JsonScalar } from '../../graphql-kit/scalars/json.js';
import { deliverSession } from '../session/session-delivery.type.js';
import { Payload } from '../../graphql-kit/payload.type.js';
import type { SessionDelivery } from '../../rules/viewer.js';
import type { Factor } from '../session/session.entity.js';
import { FactorEnum, IssuedSessionType, SessionDeliveryEnum } from '../session/session.type.js';
import { SecondFactorInput } from '../two-factor/two-factor.type.js';
import type { LoginResult } from './login.js';
import type { LoginRequest } from './login-request.js';
import type { PasskeyLogin } from './login-with-passkey.js';
import type { SecondFactorResult } from './verify-second-factor.js';

@InputType({ description: 'Input of login.' })
export class LoginInput implements LoginRequest {
  @Field(() => String, { description: 'The username or the bound email address.' })
  login!: string;

  @Field(() => String, { description: 'The password, exactly as it was set.' })
  password!: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether the session outlives the browser. Ignored for administrators.',
  })
  rememberMe!: boolean;

  @Field(() => SessionDeliveryEnum, { defaultValue: 'COOKIE', description: 'How the session reaches the client.' })
  delivery!: SessionDelivery;
}

@ObjectType('SecondFactorChallenge', {
  description: 'The right to complete a sign-in with a second factor, after a correct password.',
  simpleResolvers: true,
})
class SecondFactorChallengeType {
  @Field(() => String, { description: 'The challenge to send with the second factor. It is not a session.' })
  challenge!: string;

  @Field(() => [FactorEnum], { description: 'The accepted factors. The one used last comes first.' })
  factors!: readonly Factor[];

  @Field(() => JsonScalar, {
    nullable: true,
    description: 'The PublicKeyCredentialRequestOptionsJSON for a passkey. Null if the account has none.',
  })
  passkeyOptions!: unknown;

  @Field(() => DateTimeScalar, { description: 'When the challenge expires.' })
  expiresAt!: Date;
}

@ObjectType({ description: 'The result of login.', simpleResolvers: true })
export class LoginPayload extends Payload {
  @Field(() => UserType, { nullable: true, description: 'The user who signed in.' })
  user?: UserType;

  @Field(() => IssuedSessionType, { nullable: true, description: 'The session.' })
  session?: IssuedSessionType;

  @Field(() => SecondFactorChallengeType, {
    nullable: true,
    description: 'Set instead of a session if the account has two-factor authentication on.',
  })
  secondFactor?: SecondFactorChallengeType;
}

@ObjectType({ description: 'The result of startPasskeyLogin.', simpleResolvers: true })
export class StartPasskeyLoginPayload extends Payload {
  @Field(() => JsonScalar, {
    nullable: true,
    description:
      'The PublicKeyCredentialRequestOptionsJSON, with an empty allowCredentials. It works for autofill (conditional UI) too.',
  })
  options?: unknown;
}

@InputType({ description: 'Input of loginWithPasskey.' })
export class LoginWithPasskeyInput implements PasskeyLogin {
  @Field(() => JsonScalar, { description: 'The AuthenticationResponseJSON. User verification is required.' })
  response!: unknown;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether the session outlives the browser. Ignored for administrators.',
  })
  rememberMe!: boolean;

  @Field(() => SessionDeliveryEnum, { defaultValue: 'COOKIE', description: 'How the session reaches the client.' })
  delivery!: SessionDelivery;
}

@InputType({
  description: 'Input of verifySecondFactor. `delivery` and `rememberMe` are taken from the login.',
})
export class VerifySecondFactorInput {
  @Field(() => String, { description: 'The challenge returned by login.' })
  challenge!: string;

  @Field(() => SecondFactorInput, { description: 'The second factor.' })
  factor!: SecondFactorInput;

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      'Whether to skip the second step in this browser for `policy.trustedBrowserDays`. Ignored for administrators, with BEARER, with a backup code, and if trusted browsers are turned off.',
  })
  trustBrowser!: boolean;
}

@ObjectType({ description: 'The result of verifySecondFactor.', simpleResolvers: true })
export class VerifySecondFactorPayload extends Payload {
  @Field(() => UserType, { nullable: true, description: 'The user who signed in.' })
  user?: UserType;

  @Field(() => IssuedSessionType, { nullable: true, description: 'The session.' })
  session?: IssuedSessionType;

  @Field(() => Int, { nullable: true, description: 'The number of unused backup codes.' })
  backupCodesLeft?: number;

  @Field(() => JsonScalar, {
    nullable: true,
    description: 'New options for a passkey after a wrong one, while attempts are left.',
  })
  passkeyOptions?: unknown;
}

@ObjectType({ description: 'The result of logout.', simpleResolvers: true })
export class LogoutPayload extends Payload {}

/** Maps a login to its payload: the challenge, or the user and the session. */
export function toLoginPayload(context: Context, outcome: LoginResult, delivery: SessionDelivery): LoginPayload {
  if ('challenge' in outcome) return { secondFactor: outcome.challenge };
  const { account, session } = outcome;
  return {
    user: toUser(account.id, { ...account, lastLoginAt: context.now }),
    session: deliverSession(context, session, delivery),
  };
}

/** Maps a completed second step to its payload. */
export function toVerifySecondFactorPayload(
  context: Context,
  { account, session, delivery, backupCodesLeft, trust }: SecondFactorResult,
): VerifySecondFactorPayload {
  if (trust) context.trustCookie.set(trust.token, trust.expiresAt);
  return {
    user: toUser(account.id, { ...account, lastLoginAt: context.now }),
    session: deliverSession(context, session, delivery),
    backupCodesLeft,
  };
}
