import { Field, ObjectType } from 'type-graphql';
import { BigIntScalar } from '../../graphql-kit/scalars/big-int.js';
import { connectionType } from '../../graphql-kit/relay/connection.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import { toGlobalId } from '../../graphql-kit/relay/global-id.js';
import { NodeType } from '../../graphql-kit/relay/node.type.js';
import type { CallKeyRow, CallKeyStatus } from './find-call-keys.js';

export const CallKeyStatusEnum = graphqlEnum<CallKeyStatus>(
  'CallKeyStatus',
  'Whether a call key can be used, and why not.',
  {
    ACTIVE: 'The key can be used.',
    DISABLED: 'The owner disabled the key.',
    EXPIRED: 'The key has expired.',
    EXHAUSTED: 'The quota of the key is exhausted.',
  },
);

@ObjectType('CallKey', {
  description: 'A key (`sk-`) for making AI calls.',
  implements: NodeType,
  simpleResolvers: true,
})
export class CallKeyType extends NodeType {
  @Field(() => String, { description: 'The name the owner gave the key.' })
  name!: string;

  @Field(() => String, { description: 'The first eight and last four characters of the key, to recognize it.' })
  hint!: string;

  @Field(() => CallKeyStatusEnum, { description: 'Whether the key can be used now, and why not.' })
  status!: CallKeyStatus;

  @Field(() => DateTimeScalar, { description: 'When the key was created.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the key expires. Null means never.' })
  expiresAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the key was last used, to within a few seconds. Null means never.',
  })
  lastUsedAt!: Date | null;

  @Field(() => [String], { description: 'The models the key may call. Empty allows all.' })
  models!: string[];

  @Field(() => [String], { description: 'The IP addresses or CIDR ranges the key may be used from. Empty allows any.' })
  allowedIps!: string[];

  @Field(() => BigIntScalar, { nullable: true, description: 'The quota left. Null means unlimited.' })
  quotaLeft!: bigint | null;

  @Field(() => BigIntScalar, { description: 'The quota used so far.' })
  quotaUsed!: bigint;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the grace period of the old secret ends. Null if there is none.',
  })
  oldKeyValidUntil!: Date | null;
}

export const CallKeyConnectionType = connectionType(CallKeyType, 'CallKey', {
  connection: 'A page of call keys, newest first.',
  edges: 'The call keys on this page.',
  edge: 'A call key and its cursor.',
  node: 'The call key.',
});

/** Maps a row to a `CallKey`. */
export const toCallKey = ({
  id,
  name,
  hint,
  status,
  createdAt,
  expiresAt,
  lastUsedAt,
  models,
  allowedIps,
  quotaLeft,
  quotaUsed,
  oldKeyValidUntil,
}: CallKeyRow): CallKeyType & { __typename: 'CallKey' } => ({
  __typename: 'CallKey',
  id: toGlobalId('CallKey', id),
  name,
  hint,
  status,
  createdAt,
  expiresAt,
  lastUsedAt,
  models,
  allowedIps,
  quotaLeft,
  quotaUsed,
  oldKeyValidUntil,
});
