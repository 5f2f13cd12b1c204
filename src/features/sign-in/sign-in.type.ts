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
import type { LoggedIn } from './login.js';
import type { LoginRequest } from './login-request.js';
import type { PassedSecondFactor } from './verify-second-factor.js';

@InputType({ description: 'Who signs in, and the proof.' })
export class LoginInput implements LoginRequest {
  @Field(() => String, { description: 'The username, or the bound email address.' })
  login!: string;

  @Field(() => String, { description: 'The password, exactly as it was chosen.' })
  password!: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether the session outlives the browser; never for administrators.',
  })
  rememberMe!: boolean;

  @Field(() => SessionDeliveryEnum, { defaultValue: 'COOKIE', description: 'How the session reaches the client.' })
  delivery!: SessionDelivery;
}

@ObjectType('SecondFactorChallenge', {
  description: 'The right to pass the second factor, after a right password.',
  simpleResolvers: true,
})
class SecondFactorChallengeType {
  @Field(() => String, { description: 'To be sent with the factor; it is no session.' })
  challenge!: string;

  @Field(() => [FactorEnum], { description: 'The factors that pass it.' })
  factors!: readonly Factor[];

  @Field(() => DateTimeScalar, { description: 'When it stops working.' })
  expiresAt!: Date;
}

@ObjectType({ description: 'The answer of login.', simpleResolvers: true })
export class LoginPayload extends Payload {
  @Field(() => UserType, { nullable: true, description: 'Who signed in.' })
  user?: UserType;

  @Field(() => IssuedSessionType, { nullable: true, description: 'The session.' })
  session?: IssuedSessionType;

  @Field(() => SecondFactorChallengeType, {
    nullable: true,
    description: 'Set instead of a session when the account has two-factor authentication on.',
  })
  secondFactor?: SecondFactorChallengeType;
}

@InputType({
  description:
    'The second step of a sign-in. How the session is delivered, and whether it is remembered, was said in the first.',
})
export class VerifySecondFactorInput {
  @Field(() => String, { description: 'The challenge that login gave.' })
  challenge!: string;

  @Field(() => SecondFactorInput, { description: 'The factor.' })
  factor!: SecondFactorInput;
}

@ObjectType({ description: 'The answer of verifySecondFactor.', simpleResolvers: true })
export class VerifySecondFactorPayload extends Payload {
  @Field(() => UserType, { nullable: true, description: 'Who signed in.' })
  user?: UserType;

  @Field(() => IssuedSessionType, { nullable: true, description: 'The session.' })
  session?: IssuedSessionType;

  @Field(() => Int, { nullable: true, description: 'How many backup codes are unused.' })
  backupCodesLeft?: number;
}

@ObjectType({ description: 'The answer of logout.', simpleResolvers: true })
export class LogoutPayload extends Payload {}

/** What sign-in answers: the challenge alone, or the person and the session. */
export function toLoginPayload(context: Context, outcome: LoggedIn, delivery: SessionDelivery): LoginPayload {
  if ('challenge' in outcome) return { secondFactor: outcome.challenge };
  const { account, session } = outcome;
  return {
    user: toUser(account.id, { ...account, lastLoginAt: context.now }),
    session: deliverSession(context, session, delivery),
  };
}

/** What the second step of a sign-in answers. */
export const toVerifySecondFactorPayload = (
  context: Context,
  { account, session, delivery, backupCodesLeft }: PassedSecondFactor,
): VerifySecondFactorPayload => ({
  user: toUser(account.id, { ...account, lastLoginAt: context.now }),
  session: deliverSession(context, session, delivery),
  backupCodesLeft,
});
