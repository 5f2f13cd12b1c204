import { Field, Int, ObjectType } from 'type-graphql';
import { BigIntScalar } from '../../graphql-kit/scalars/big-int.js';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import { connectionType } from '../../graphql-kit/relay/connection.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { toGlobalId } from '../../graphql-kit/relay/global-id.js';
import { NodeType } from '../../graphql-kit/relay/node.type.js';
import type { UsageLogRow } from './find-usage-logs.js';
import type { UsageType } from './usage-log.entity.js';

export const UsageTypeEnum = graphqlEnum<UsageType>('UsageType', 'How an AI call ended.', {
  CONSUME: 'It was answered.',
  ERROR: 'It failed.',
});

@ObjectType('UsageLog', { description: 'One AI call.', implements: NodeType, simpleResolvers: true })
export class UsageLogType extends NodeType {
  /** The key that it was made with; a field resolves it. */
  callKeyId!: string;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  at!: Date;

  @Field(() => UsageTypeEnum, { description: 'How it ended.' })
  type!: UsageType;

  @Field(() => String, { description: 'What the call key was called then; it stays when the key is gone.' })
  callKeyName!: string;

  @Field(() => String, { description: 'The model that was called.' })
  model!: string;

  @Field(() => Int, { description: 'Tokens that it was given.' })
  promptTokens!: number;

  @Field(() => Int, { description: 'Tokens that it answered with.' })
  completionTokens!: number;

  @Field(() => BigIntScalar, { description: 'What it cost the call key.' })
  quota!: bigint;

  @Field(() => Int, { nullable: true, description: 'How long it took, in ms.' })
  latencyMs!: number | null;

  @Field(() => String, { description: 'What the gateway calls it.' })
  requestId!: string;

  @Field(() => String, { nullable: true, description: 'The address that it came from.' })
  ip!: string | null;
}

export const UsageLogConnectionType = connectionType(UsageLogType, 'UsageLog', {
  connection: 'A page of logs, the newest first.',
  edges: 'The logs of the page.',
  edge: 'A log and where it stands.',
  node: 'The log.',
});

/** The `UsageLog` of a row. */
export const toUsageLog = ({
  id,
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
