import { ArgsType, Field, InputType, ObjectType } from 'type-graphql';
import { BigIntScalar } from '../../graphql-kit/scalars/big-int.js';
import { PageArguments, PageInfoType, type Connection, type Edge } from '../../graphql-kit/relay/connection.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import { toGlobalId } from '../../graphql-kit/relay/global-id.js';
import { NodeType } from '../../graphql-kit/relay/node.type.js';
import type { CallKeysKey } from './call-keys.loader.js';
import type { CallKeyRow, CallKeyStatus } from './find-call-keys.js';

const CallKeyStatusEnum = graphqlEnum<CallKeyStatus>('CallKeyStatus', 'Whether a call key can be used, and why not.', {
  ACTIVE: 'It can be used.',
  DISABLED: 'Its owner has switched it off.',
  EXPIRED: 'Its time is over.',
  EXHAUSTED: 'Its quota is used up.',
});

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

@ObjectType('CallKeyEdge', { description: 'A call key and where it stands.', simpleResolvers: true })
class CallKeyEdgeType implements Edge<CallKeyType> {
  @Field(() => String, { description: 'The place in the list, for after and before.' })
  cursor!: string;

  @Field(() => CallKeyType, { description: 'The call key.' })
  node!: CallKeyType;
}

@ObjectType('CallKeyConnection', { description: 'A page of call keys, the newest first.', simpleResolvers: true })
export class CallKeyConnectionType implements Connection<CallKeyType> {
  /** Which keys these are a page of; a field counts them. */
  counted!: CallKeysKey;

  @Field(() => [CallKeyEdgeType], { description: 'The call keys of the page.' })
  edges!: CallKeyEdgeType[];

  @Field(() => PageInfoType, { description: 'Where the page stands.' })
  pageInfo!: PageInfoType;
}

@InputType({ description: 'Which call keys; what is not given limits nothing.' })
class CallKeyFilter {
  @Field(() => String, {
    nullable: true,
    description:
      'A part of the name, in upper or lower case, or the beginning of the hint: at most 64 characters, none of which has a meaning of its own.',
  })
  search?: string | null;

  @Field(() => CallKeyStatusEnum, { nullable: true, description: 'With this status.' })
  status?: CallKeyStatus | null;
}

@ArgsType()
export class CallKeysArguments extends PageArguments {
  @Field(() => CallKeyFilter, { nullable: true, description: 'Which call keys.' })
  filter?: CallKeyFilter | null;
}

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
