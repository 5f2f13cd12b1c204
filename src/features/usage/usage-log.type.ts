import { Field, Int, ObjectType } from 'type-graphql';
import { BigIntScalar } from '../../graphql-kit/scalars/big-int.js';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import { connectionType } from '../../graphql-kit/relay/connection.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { toGlobalId } from '../../rules/global-id.js';
import { NodeType } from '../../graphql-kit/relay/node.type.js';
import type { UsageLogRow } from './find-usage-logs.js';
import type { UsageType } from './usage-log.entity.js';

export const UsageTypeEnum = graphqlEnum<UsageType>('UsageType', 'How an AI call ended.', {
  CONSUME: 'The call succeeded.',
  ERROR: 'The call failed.',
});

@ObjectType('UsageLog', { description: 'An AI call.', implements: NodeType, simpleResolvers: true })
export class UsageLogType extends NodeType {
  /** The owner, checked by `@auth(orSelf: true)`, and resolved by a field. */
  accountId!: string | null;

  /** The call key, resolved by a field. */
  callKeyId!: string;

  @Field(() => DateTimeScalar, { description: 'When the call was made.' })
  at!: Date;

  @Field(() => UsageTypeEnum, { description: 'How the call ended.' })
  type!: UsageType;

  @Field(() => String, { description: 'The name of the call key at the time. It stays after the key is deleted.' })
  callKeyName!: string;

  @Field(() => String, { description: 'The model.' })
  model!: string;

  @Field(() => Int, { description: 'The number of prompt tokens.' })
  promptTokens!: number;

  @Field(() => Int, { description: 'The number of completion tokens.' })
  completionTokens!: number;

  @Field(() => BigIntScalar, { description: 'The quota charged to the call key.' })
  quota!: bigint;

  @Field(() => Int, { nullable: true, description: 'The duration in milliseconds.' })
  latencyMs!: number | null;

  @Field(() => String, { description: 'The gateway’s ID of the call.' })
  requestId!: string;

  @Field(() => String, { nullable: true, description: 'The IP address of the client.' })
  ip!: string | null;
}

export const UsageLogConnectionType = connectionType(UsageLogType, 'UsageLog', {
  connection: 'A page of usage logs, newest first.',
  edges: 'The logs on this page.',
  edge: 'A log and its cursor.',
  node: 'The log.',
});

/** Maps a row to a `UsageLog`. */
export const toUsageLog = ({
  id,
  accountId,
  callKeyId,
  callKeyName,
  at,
  type,
  model,
  promptTokens,
  completionTokens,
  quota,
  latencyMs,
  requestId,
  ip,
}: UsageLogRow): UsageLogType & { __typename: 'UsageLog' } => ({
  __typename: 'UsageLog',
  id: toGlobalId('UsageLog', id),
  accountId,
  callKeyId,
  callKeyName,
  at,
  type,
  model,
  promptTokens,
  completionTokens,
  quota,
  latencyMs,
  requestId,
  ip,
});
