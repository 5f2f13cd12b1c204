import { Field, ID, ObjectType } from 'type-graphql';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { toGlobalId } from '../../rules/global-id.js';
import { CallKeyType, toCallKey } from './call-key.type.js';
import type { CallKeyRefusal, CallKeyVerification } from './verify-call-key.js';

const CallKeyRefusalEnum = graphqlEnum<CallKeyRefusal>('CallKeyRefusal', 'Why a call key can’t make a call.', {
  UNKNOWN: 'The key doesn’t exist, or was deleted or replaced.',
  OWNER_DISABLED: 'The account of the owner can’t be used.',
  DISABLED: 'The owner disabled the key.',
  EXPIRED: 'The key has expired.',
  EXHAUSTED: 'The quota of the key is exhausted.',
  PERIOD_EXHAUSTED: 'The quota of the current period is exhausted. It renews at `validFrom`.',
  MODEL_NOT_ALLOWED:
    'The key may not call this model, or the call has no model and the key is restricted to some. Also returned for a model name that is empty, longer than 128 characters or contains control characters.',
  IP_NOT_ALLOWED:
    'The key may not be used from this IP address, or the call has no IP address and the key is restricted to some.',
});

@ObjectType('CallKeyVerification', { description: 'Whether a call key may make a call now.', simpleResolvers: true })
export class CallKeyVerificationType {
  @Field(() => Boolean, { description: 'Whether the call is allowed.' })
  valid!: boolean;

  @Field(() => CallKeyRefusalEnum, { nullable: true, description: 'Why the call isn’t allowed. Null if it is.' })
  refusal!: CallKeyRefusal | null;

  @Field(() => CallKeyType, {
    nullable: true,
    description: 'The key, even if it may not make this call. Null if unknown.',
  })
  callKey!: CallKeyType | null;

  @Field(() => ID, { nullable: true, description: 'The ID of the owner.' })
  userId!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When a refused key will work again. Null if it won’t without a change, or expires first.',
  })
  validFrom!: Date | null;
}

/** Maps the result of a verification. */
export const toCallKeyVerification = ({
  callKey,
  refusal,
  validFrom,
}: CallKeyVerification): CallKeyVerificationType => ({
  valid: refusal === null,
  refusal,
  callKey: callKey && toCallKey(callKey),
  userId: callKey && toGlobalId('User', callKey.accountId),
  validFrom,
});
