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

@InputType({ description: 'A new account.' })
export class RegisterInput implements NewCredentials {
  @Field(() => String, { description: 'The name to sign in with; `policy.usernamePattern` tells its form.' })
  username!: string;

  @Field(() => String, { description: 'The password; `policy` tells its length.' })
  password!: string;

  @Field(() => String, { description: 'The password once more.' })
  confirmPassword!: string;

  @Field(() => SessionDeliveryEnum, { defaultValue: 'COOKIE', description: 'How the session reaches the client.' })
  delivery!: SessionDelivery;
}

@InputType({ description: 'The first ROOT.' })
export class CompleteSetupInput extends RegisterInput {
  @Field(() => String, { description: 'The one-time token that the server printed at start.' })
  setupToken!: string;
}

@ObjectType({ description: 'The answer of register.', simpleResolvers: true })
export class RegisterPayload extends Payload {
  @Field(() => UserType, { nullable: true, description: 'The new account.' })
  user?: UserType;

  @Field(() => IssuedSessionType, { nullable: true, description: 'Its first session.' })
  session?: IssuedSessionType;
}

@ObjectType({ description: 'The answer of completeSetup.', simpleResolvers: true })
export class CompleteSetupPayload extends RegisterPayload {}

interface SignedUp {
  readonly account: Awaited<ReturnType<typeof createAccount>>;
  readonly session: IssuedSession;
}

/** What sign-up answers: the new account and its first session. */
export const toSignUpPayload = (
  context: Context,
  { account, session }: SignedUp,
  delivery: SessionDelivery,
): RegisterPayload => ({ user: toUser(account.id, account), session: deliverSession(context, session, delivery) });
