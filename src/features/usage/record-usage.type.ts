import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { BigIntScalar } from '../../graphql-kit/scalars/big-int.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import { fromGlobalId } from '../../rules/global-id.js';
import { Payload } from '../../graphql-kit/payload.type.js';
import type { UsageEntry, UsageRejection } from './usage-entry.js';
import type { UsageType } from './usage-log.entity.js';
import { UsageTypeEnum } from './usage-log.type.js';

const UsageRejectionEnum = graphqlEnum<UsageRejection>('UsageRejection', 'Why an entry was not recorded.', {
  UNKNOWN_CALL_KEY:
    'The call key doesn’t exist. A deleted key stays known for 31 days, so that its last calls can be recorded.',
  TIME_OUT_OF_RANGE: 'The time is more than 5 minutes in the future or more than 31 days in the past.',
  INVALID_AMOUNT: 'An amount is negative, or the quota exceeds 1,000,000,000,000.',
  INVALID_VALUE:
    'The model or request ID is empty, longer than 128 characters, or contains control characters, line breaks or characters that change the text direction.',
});

@InputType({ description: 'An AI call.' })
class UsageEntryInput {
  @Field(() => ID, { description: 'The ID of the call key.' })
  callKeyId!: string;

  @Field(() => DateTimeScalar, {
    description: 'When the call was made, to the millisecond. Must be the same if the entry is sent again.',
  })
  at!: Date;

  @Field(() => UsageTypeEnum, { description: 'Whether the call succeeded.' })
  type!: UsageType;

  @Field(() => String, { description: 'The model, 1 to 128 characters.' })
  model!: string;

  @Field(() => Int, { description: 'The number of prompt tokens.' })
  promptTokens!: number;

  @Field(() => Int, { description: 'The number of completion tokens.' })
  completionTokens!: number;

  @Field(() => BigIntScalar, { description: 'The quota charged to the call key, in the platform’s own unit.' })
  quota!: bigint;

  @Field(() => Int, { nullable: true, description: 'The duration in milliseconds.' })
  latencyMs?: number | null;

  @Field(() => String, {
    description:
      'The gateway’s ID of the call, 1 to 128 characters. Entries with the same call key, time and request ID are the same call.',
  })
  requestId!: string;

  @Field(() => String, { nullable: true, description: 'The IP address of the client. An invalid address is dropped.' })
  ip?: string | null;
}

@InputType({ description: 'Input of recordUsage.' })
export class RecordUsageInput {
  @Field(() => [UsageEntryInput], { description: 'The calls, at most 1,000.' })
  entries!: UsageEntryInput[];
}

@ObjectType('RejectedUsageEntry', {
  description: 'An entry that was not recorded. Sending it again won’t help.',
  simpleResolvers: true,
})
class RejectedUsageEntryType {
  @Field(() => Int, { description: 'The index in the list, from 0.' })
  index!: number;

  @Field(() => String, { description: 'The request ID of the entry.' })
  requestId!: string;

  @Field(() => UsageRejectionEnum, { description: 'Why the entry was not recorded.' })
  code!: UsageRejection;
}

@ObjectType({ description: 'The result of recordUsage.', simpleResolvers: true })
export class RecordUsagePayload extends Payload {
  @Field(() => Int, { nullable: true, description: 'The number of recorded entries.' })
  recorded?: number;

  @Field(() => Int, {
    nullable: true,
    description: 'The number of entries that were recorded before or repeat in the list. They count once.',
  })
  duplicates?: number;

  @Field(() => [RejectedUsageEntryType], {
    nullable: true,
    description: 'Entries that were not recorded. All others were.',
  })
  rejected?: RejectedUsageEntryType[];
}

/** Maps entries. Each call key ID is parsed only once, because a batch has few different keys. */
export function toUsageEntries(entries: readonly UsageEntryInput[]): UsageEntry[] {
  const callKeyIds = new Map<string, string | null>();
  return entries.map(
    ({
      callKeyId: id,
      at,
      type,
      model,
      promptTokens,
      completionTokens,
      quota,
      latencyMs = null,
      requestId,
      ip = null,
    }) => {
      const cachedId = callKeyIds.get(id);
      const callKeyId = cachedId === undefined ? fromGlobalId('CallKey', id) : cachedId;
      callKeyIds.set(id, callKeyId);
      return { callKeyId, at, type, model, promptTokens, completionTokens, quota, latencyMs, requestId, ip };
    },
  );
}
