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
    ACTIVE: 'It can be used.',
    DISABLED: 'Its owner has switched it off.',
    EXPIRED: 'Its time is over.',
    EXHAUSTED: 'Its quota is used up.',
  },
);

@ObjectType('CallKey', {
  description: 'A key (sk-) with which a person’s programs make AI calls.',
  implements: NodeType,
  simpleResolvers: true,
})
export class CallKeyType extends NodeType {
  @Field(() => String, { description: 'What its owner calls it.' })
  name!: string;

  @Field(() => String, { description: 'The first eight characters of the key and the last four, to recognise it by.' })
  hint!: string;

  @Field(() => CallKeyStatusEnum, { description: 'Whether it can be used now, and why not.' })
  status!: CallKeyStatus;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'From when on it cannot be used; null: never.' })
  expiresAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was last used, to a few seconds; null: never.' })
  lastUsedAt!: Date | null;

  @Field(() => [String], { description: 'The models that it may call; empty: all.' })
  models!: string[];

  @Field(() => [String], { description: 'The addresses or CIDR ranges that it may be used from; empty: anywhere.' })
  allowedIps!: string[];

  @Field(() => BigIntScalar, { nullable: true, description: 'What is left to spend; null: no limit.' })
  quotaLeft!: bigint | null;

  @Field(() => BigIntScalar, { description: 'What it has spent.' })
  quotaUsed!: bigint;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'While a rotated key’s old secret still works: until when.',
  })
  oldKeyValidUntil!: Date | null;
}

export const CallKeyConnectionType = connectionType(CallKeyType, 'CallKey', {
  connection: 'A page of call keys, the newest first.',
  edges: 'The call keys of the page.',
  edge: 'A call key and where it stands.',
  node: 'The call key.',
});

/** The `CallKey` of a row. */
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
