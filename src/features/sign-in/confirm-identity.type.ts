import { Field, InputType, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { Payload } from '../../graphql-kit/payload.type.js';
import { IssuedSessionType } from '../session/session.type.js';
import { SecondFactorInput } from '../two-factor/two-factor.type.js';

@InputType({ description: 'The proof of who is at this session.' })
export class ConfirmIdentityInput {
  @Field(() => String, { description: 'The password.' })
  password!: string;

  @Field(() => SecondFactorInput, {
    nullable: true,
    description: 'A fresh second factor: needed when two-factor authentication is on (SECOND_FACTOR_REQUIRED).',
  })
  factor?: SecondFactorInput | null;
}

@ObjectType({
  description: 'The answer of confirmIdentity. The session keeps its id and gets a new token.',
  simpleResolvers: true,
})
export class ConfirmIdentityPayload extends Payload {
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Until when the sensitive operations are open to this session.',
  })
  stepUpExpiresAt?: Date;

  @Field(() => IssuedSessionType, {
    nullable: true,
    description: 'This session, with a fresh token for a bearer client; a browser gets a fresh cookie.',
  })
  session?: IssuedSessionType;
}
