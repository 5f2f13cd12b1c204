import { Field, InputType, ObjectType } from 'type-graphql';
import { UserType, toUser } from '../account/user.type.js';
import type { Context } from '../../graphql-kit/context.js';
import { deliverSession } from '../session/session-delivery.type.js';
import { Payload } from '../../graphql-kit/payload.type.js';
import type { IssuedSession } from '../session/issue-session.js';
import type { SessionDelivery } from '../../rules/viewer.js';
import { IssuedSessionType, SessionDeliveryEnum } from '../session/session.type.js';
import type { createAccount } from './create-account.js';
import type { NewCredentials } from './credentials-policy.js';

@InputType({ description: 'Input of register.' })
export class RegisterInput implements NewCredentials {
  @Field(() => String, { description: 'The name to sign in with, in the form of `policy.usernamePattern`.' })
  username!: string;

  @Field(() => String, { description: 'The password. See `policy` for its length.' })
  password!: string;

  @Field(() => String, { description: 'The password again.' })
  confirmPassword!: string;

  @Field(() => SessionDeliveryEnum, { defaultValue: 'COOKIE', description: 'How the session reaches the client.' })
  delivery!: SessionDelivery;
}

@InputType({ description: 'Input of completeSetup.' })
export class CompleteSetupInput extends RegisterInput {
  @Field(() => String, { description: 'The one-time token that the server printed at startup.' })
  setupToken!: string;
}

@ObjectType({ description: 'The result of register.', simpleResolvers: true })
export class RegisterPayload extends Payload {
  @Field(() => UserType, { nullable: true, description: 'The new user.' })
  user?: UserType;

  @Field(() => IssuedSessionType, { nullable: true, description: 'The first session of the user.' })
  session?: IssuedSessionType;
}

@ObjectType({ description: 'The result of completeSetup.', simpleResolvers: true })
export class CompleteSetupPayload extends RegisterPayload {}

interface SignUpResult {
  readonly account: Awaited<ReturnType<typeof createAccount>>;
  readonly session: IssuedSession;
}

/** Maps a sign-up to its payload. */
export const toSignUpPayload = (
  context: Context,
  { account, session }: SignUpResult,
  delivery: SessionDelivery,
): RegisterPayload => ({ user: toUser(account.id, account), session: deliverSession(context, session, delivery) });
