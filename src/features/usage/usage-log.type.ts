import { Field, Int, ObjectType } from 'type-graphql';
import { BigIntScalar } from '../../graphql-kit/scalars/big-int.js';
import { PageInfoType, type Connection, type Edge } from '../../graphql-kit/relay/connection.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { toGlobalId } from '../../graphql-kit/relay/global-id.js';
import { NodeType } from '../../graphql-kit/relay/node.type.js';
import type { UsageLogRow } from './find-usage-logs.js';
import { UsageTypeEnum } from './record-usage.type.js';
import type { UsageType } from './usage-log.entity.js';

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

@ObjectType('UsageLogEdge', { description: 'A log and where it stands.', simpleResolvers: true })
class UsageLogEdgeType implements Edge<UsageLogType> {
  @Field(() => String, { description: 'The place in the list, for after and before.' })
  cursor!: string;

  @Field(() => UsageLogType, { description: 'The log.' })
  node!: UsageLogType;
}

@ObjectType('UsageLogConnection', { description: 'A page of logs, the newest first.', simpleResolvers: true })
export class UsageLogConnectionType implements Connection<UsageLogType> {
  @Field(() => [UsageLogEdgeType], { description: 'The logs of the page.' })
  edges!: UsageLogEdgeType[];

  @Field(() => PageInfoType, { description: 'Where the page stands.' })
  pageInfo!: PageInfoType;
}

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
