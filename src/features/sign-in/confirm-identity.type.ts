import { Field, InputType, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { Payload } from '../../graphql-kit/payload.type.js';
import { IssuedSessionType } from '../session/session.type.js';
import { SecondFactorInput } from '../two-factor/two-factor.type.js';

@InputType({ description: 'Input of confirmIdentity.' })
export class ConfirmIdentityInput {
  @Field(() => String, {
    nullable: true,
    description: 'The password. Required (PASSWORD_REQUIRED) unless the factor is a passkey with user verification.',
  })
  password?: string | null;

  @Field(() => SecondFactorInput, {
    nullable: true,
    description: 'A new second factor. Required if two-factor authentication is on (SECOND_FACTOR_REQUIRED).',
  })
  factor?: SecondFactorInput | null;
}

@ObjectType({
  description: 'The result of confirmIdentity. The session keeps its ID and gets a new token.',
  simpleResolvers: true,
})
export class ConfirmIdentityPayload extends Payload {
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Until when this session may perform sensitive operations.',
  })
  stepUpExpiresAt?: Date;

  @Field(() => IssuedSessionType, {
    nullable: true,
    description: 'This session, with a new token for a bearer client or a new cookie for a browser.',
  })
  session?: IssuedSessionType;
}
