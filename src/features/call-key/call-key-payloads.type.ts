import { Field, ID, ObjectType } from 'type-graphql';
import { Payload } from '../../graphql-kit/payload.type.js';
import { CallKeyType, toCallKey } from './call-key.type.js';
import type { IssuedCallKey } from './create-call-key.js';

@ObjectType({ description: 'The answer of createCallKey.', simpleResolvers: true })
export class CreateCallKeyPayload extends Payload {
  @Field(() => String, { nullable: true, description: 'The key. It is shown this once.' })
  key?: string;

  @Field(() => CallKeyType, { nullable: true, description: 'What is known of it.' })
  callKey?: CallKeyType;
}

@ObjectType({ description: 'The answer of updateCallKey.', simpleResolvers: true })
export class UpdateCallKeyPayload extends Payload {
  @Field(() => CallKeyType, { nullable: true, description: 'The call key as it is now.' })
  callKey?: CallKeyType;
}

@ObjectType({ description: 'The answer of rotateCallKey.', simpleResolvers: true })
export class RotateCallKeyPayload extends Payload {
  @Field(() => String, { nullable: true, description: 'The new secret. It is shown this once.' })
  key?: string;

  @Field(() => CallKeyType, { nullable: true, description: 'The call key as it is now.' })
  callKey?: CallKeyType;
}

@ObjectType({ description: 'The answer of endCallKeyGrace.', simpleResolvers: true })
export class EndCallKeyGracePayload extends Payload {
  @Field(() => CallKeyType, { nullable: true, description: 'The call key as it is now.' })
  callKey?: CallKeyType;
}

@ObjectType({ description: 'The answer of deleteCallKeys.', simpleResolvers: true })
export class DeleteCallKeysPayload extends Payload {
  @Field(() => [ID], {
    nullable: true,
    description: 'The call keys that are gone; those that were unknown are left out.',
  })
  deletedIds?: string[];
}

/** A key that was just made or got a new secret, as its owner is shown it. */
export const toIssuedCallKey = ({ key, callKey }: IssuedCallKey) => ({ key, callKey: toCallKey(callKey) });
