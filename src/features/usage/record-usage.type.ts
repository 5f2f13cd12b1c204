import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { BigIntScalar } from '../../graphql-kit/scalars/big-int.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import { fromGlobalId } from '../../graphql-kit/relay/global-id.js';
import { Payload } from '../../graphql-kit/payload.type.js';
import type { UsageEntry, UsageRejection } from './usage-entry.js';
import type { UsageType } from './usage-log.entity.js';
import { UsageTypeEnum } from './usage-log.type.js';

const UsageRejectionEnum = graphqlEnum<UsageRejection>('UsageRejection', 'Why an entry was not recorded.', {
  UNKNOWN_CALL_KEY:
    'There is no such call key. One that was deleted is known for 31 days more, so that its last calls can be reported.',
  TIME_OUT_OF_RANGE: 'Its moment is more than 5 minutes ahead or more than 31 days back.',
  INVALID_AMOUNT: 'An amount is negative, or the quota is over 1,000,000,000,000.',
  INVALID_VALUE:
    'The model or the request id is empty, longer than 128 characters, or has control characters or ones that break lines or turn the text.',
});

@InputType({ description: 'One AI call.' })
class UsageEntryInput {
  @Field(() => ID, { description: 'The call key that it was made with.' })
  callKeyId!: string;

  @Field(() => DateTimeScalar, {
    description: 'When it was made, to the millisecond; say the same when the entry is sent again.',
  })
  at!: Date;

  @Field(() => UsageTypeEnum, { description: 'How it ended.' })
  type!: UsageType;

  @Field(() => String, { description: 'The model that was called, in 1 to 128 characters.' })
  model!: string;

  @Field(() => Int, { description: 'Tokens that it was given.' })
  promptTokens!: number;

  @Field(() => Int, { description: 'Tokens that it answered with.' })
  completionTokens!: number;

  @Field(() => BigIntScalar, { description: 'What it costs the call key, in the platform’s own unit.' })
  quota!: bigint;

  @Field(() => Int, { nullable: true, description: 'How long it took, in ms.' })
  latencyMs?: number | null;

  @Field(() => String, {
    description:
      'What the gateway calls it, in 1 to 128 characters: an entry of the same call key, moment and request id is the same call.',
  })
  requestId!: string;

  @Field(() => String, { nullable: true, description: 'The address that it came from; what is none is left out.' })
  ip?: string | null;
}

@InputType({ description: 'AI calls to record.' })
export class RecordUsageInput {
  @Field(() => [UsageEntryInput], { description: 'The calls, 1,000 at the most.' })
  entries!: UsageEntryInput[];
}

@ObjectType('RejectedUsageEntry', {
  description: 'An entry that was not recorded; sending it again changes nothing.',
  simpleResolvers: true,
})
class RejectedUsageEntryType {
  @Field(() => Int, { description: 'Its place in the list, from 0.' })
  index!: number;

  @Field(() => String, { description: 'Its request id.' })
  requestId!: string;

  @Field(() => UsageRejectionEnum, { description: 'Why not.' })
  code!: UsageRejection;
}

@ObjectType({ description: 'The answer of recordUsage.', simpleResolvers: true })
export class RecordUsagePayload extends Payload {
  @Field(() => Int, { nullable: true, description: 'How many entries were recorded.' })
  recorded?: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Entries that were recorded before, or that stand in the list twice; they count once.',
  })
  duplicates?: number;

  @Field(() => [RejectedUsageEntryType], {
    nullable: true,
    description: 'Entries that were not recorded; the rest were.',
  })
  rejected?: RejectedUsageEntryType[];
}

/** Entries as the rule takes them. The ids of their call keys are read once for each key, of which there are few. */
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
      const known = callKeyIds.get(id);
      const callKeyId = known === undefined ? fromGlobalId('CallKey', id) : known;
      callKeyIds.set(id, callKeyId);
      return { callKeyId, at, type, model, promptTokens, completionTokens, quota, latencyMs, requestId, ip };
    },
  );
}
