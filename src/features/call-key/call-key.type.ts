import { Field, Int, ObjectType } from 'type-graphql';
import { BigIntScalar } from '../../graphql-kit/scalars/big-int.js';
import { connectionType } from '../../graphql-kit/relay/connection.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import { toGlobalId } from '../../rules/global-id.js';
import { NodeType } from '../../graphql-kit/relay/node.type.js';
import type { QuotaPeriod } from './call-key.entity.js';
import type { CallKeyRow, CallKeyStatus } from './find-call-keys.js';
import { findPeriodUse } from './quota-period.js';

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

export const QuotaPeriodEnum = graphqlEnum<QuotaPeriod>('QuotaPeriod', 'How often a quota renews.', {
  DAY: 'Every day, at local midnight.',
  WEEK: 'Every Monday, at local midnight.',
  MONTH: 'On the 1st of each month, at local midnight.',
});

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

  @Field(() => QuotaPeriodEnum, {
    nullable: true,
    description: 'How often the period quota renews. Null if there is none.',
  })
  period!: QuotaPeriod | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'The quota of each period. Null if there is none; 0 allows no call.',
  })
  periodQuota!: bigint | null;

  @Field(() => BigIntScalar, {
    description: 'What was charged for the current period, whatever was changed meanwhile. 0 without a period.',
  })
  periodUsed!: bigint;

  @Field(() => String, {
    nullable: true,
    description: 'The IANA time zone whose midnight starts each period. Null without a period.',
  })
  periodTimeZone!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the current period ends and the next one starts. Null without a period.',
  })
  periodResetsAt!: Date | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The number of requests per minute, enforced by the gateway. Null means unlimited.',
  })
  requestsPerMinuteLimit!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The number of tokens per minute, enforced by the gateway. Null means unlimited.',
  })
  tokensPerMinuteLimit!: number | null;

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
export function toCallKey(row: CallKeyRow): CallKeyType & { __typename: 'CallKey' } {
  const { id, name, hint, status, createdAt, expiresAt, lastUsedAt, models, allowedIps, quotaLeft, quotaUsed } = row;
  const { period, periodQuota, periodTimeZone, requestsPerMinuteLimit, tokensPerMinuteLimit, oldKeyValidUntil } = row;
  return {
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
    period,
    periodQuota,
    periodTimeZone,
    ...findPeriodUse(row, row.readAt),
    requestsPerMinuteLimit,
    tokensPerMinuteLimit,
    oldKeyValidUntil,
  };
}
