import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { UserType, toUser } from '../account/user.type.js';
import type { Context } from '../../graphql-kit/context.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { deliverSession } from '../session/session-delivery.type.js';
import { Payload } from '../../graphql-kit/payload.type.js';
import type { SessionDelivery } from '../../rules/viewer.js';
import type { Factor } from '../session/session.entity.js';
import { FactorEnum, IssuedSessionType, SessionDeliveryEnum } from '../session/session.type.js';
import { SecondFactorInput } from '../two-factor/two-factor.type.js';
import type { LoginResult } from './login.js';
import type { LoginRequest } from './login-request.js';
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

  @Field(() => [FactorEnum], { description: 'The accepted factors.' })
  factors!: readonly Factor[];

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

@InputType({
  description: 'Input of verifySecondFactor. `delivery` and `rememberMe` are taken from the login.',
})
export class VerifySecondFactorInput {
  @Field(() => String, { description: 'The challenge returned by login.' })
  challenge!: string;

  @Field(() => SecondFactorInput, { description: 'The second factor.' })
  factor!: SecondFactorInput;
}

@ObjectType({ description: 'The result of verifySecondFactor.', simpleResolvers: true })
export class VerifySecondFactorPayload extends Payload {
  @Field(() => UserType, { nullable: true, description: 'The user who signed in.' })
  user?: UserType;

  @Field(() => IssuedSessionType, { nullable: true, description: 'The session.' })
  session?: IssuedSessionType;

  @Field(() => Int, { nullable: true, description: 'The number of unused backup codes.' })
  backupCodesLeft?: number;
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
export const toVerifySecondFactorPayload = (
  context: Context,
  { account, session, delivery, backupCodesLeft }: SecondFactorResult,
): VerifySecondFactorPayload => ({
  user: toUser(account.id, { ...account, lastLoginAt: context.now }),
  session: deliverSession(context, session, delivery),
  backupCodesLeft,
});
