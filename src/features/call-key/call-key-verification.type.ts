import { Field, ID, ObjectType } from 'type-graphql';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import { toGlobalId } from '../../graphql-kit/relay/global-id.js';
import { CallKeyType, toCallKey } from './call-key.type.js';
import type { CallKeyRefusal, CallKeyVerification } from './verify-call-key.js';

const CallKeyRefusalEnum = graphqlEnum<CallKeyRefusal>('CallKeyRefusal', 'Why a call key may not make a call.', {
  UNKNOWN: 'There is no such key, or it was deleted or replaced.',
  OWNER_DISABLED: 'Its owner’s account cannot be used.',
  DISABLED: 'Its owner has switched it off.',
  EXPIRED: 'Its time is over.',
  EXHAUSTED: 'Its quota is used up.',
  MODEL_NOT_ALLOWED:
    'It may not call this model, or the call names none and it may not call all. Nor may any call a model whose name is empty, longer than 128 characters, or has control characters.',
  IP_NOT_ALLOWED:
    'It may not be used from this address, or the call names none and it may not be used from everywhere.',
});

@ObjectType('CallKeyVerification', { description: 'Whether a call key may make a call now.', simpleResolvers: true })
export class CallKeyVerificationType {
  @Field(() => Boolean, { description: 'Whether it may.' })
  valid!: boolean;

  @Field(() => CallKeyRefusalEnum, { nullable: true, description: 'Why not; null where it may.' })
  refusal!: CallKeyRefusal | null;

  @Field(() => CallKeyType, {
    nullable: true,
    description: 'The key, also where it may not make this call; null for one that is unknown.',
  })
  callKey!: CallKeyType | null;

  @Field(() => ID, { nullable: true, description: 'Its owner.' })
  userId!: string | null;
}

/** The verification as a gateway is told of it. */
export const toCallKeyVerification = ({ callKey, refusal }: CallKeyVerification): CallKeyVerificationType => ({
  valid: refusal === null,
  refusal,
  callKey: callKey && toCallKey(callKey),
  userId: callKey && toGlobalId('User', callKey.accountId),
});
