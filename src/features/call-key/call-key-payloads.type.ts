import { Field, ID, ObjectType } from 'type-graphql';
import { Payload } from '../../graphql-kit/payload.type.js';
import { CallKeyType, toCallKey } from './call-key.type.js';
import type { IssuedCallKey } from './create-call-key.js';

@ObjectType({ description: 'The result of createCallKey.', simpleResolvers: true })
export class CreateCallKeyPayload extends Payload {
  @Field(() => String, { nullable: true, description: 'The secret of the new key. Shown only once.' })
  key?: string;

  @Field(() => CallKeyType, { nullable: true, description: 'The new call key.' })
  callKey?: CallKeyType;
}

@ObjectType({ description: 'The result of updateCallKey.', simpleResolvers: true })
export class UpdateCallKeyPayload extends Payload {
  @Field(() => CallKeyType, { nullable: true, description: 'The updated call key.' })
  callKey?: CallKeyType;
}

@ObjectType({ description: 'The result of rotateCallKey.', simpleResolvers: true })
export class RotateCallKeyPayload extends Payload {
  @Field(() => String, { nullable: true, description: 'The new secret. Shown only once.' })
  key?: string;

  @Field(() => CallKeyType, { nullable: true, description: 'The updated call key.' })
  callKey?: CallKeyType;
}

@ObjectType({ description: 'The result of endCallKeyGrace.', simpleResolvers: true })
export class EndCallKeyGracePayload extends Payload {
  @Field(() => CallKeyType, { nullable: true, description: 'The updated call key.' })
  callKey?: CallKeyType;
}

@ObjectType({ description: 'The result of deleteCallKeys.', simpleResolvers: true })
export class DeleteCallKeysPayload extends Payload {
  @Field(() => [ID], {
    nullable: true,
    description: 'The IDs of the deleted call keys. Unknown IDs are left out.',
  })
  deletedIds?: string[];
}

/** Maps a new or rotated key, with its secret. */
export const toIssuedCallKey = ({ key, callKey }: IssuedCallKey) => ({ key, callKey: toCallKey(callKey) });
