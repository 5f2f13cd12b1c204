import { Field, ObjectType } from 'type-graphql';
import { BigIntScalar } from '../../graphql-kit/scalars/big-int.js';
import type { UsageSum } from './find-usage-sums.js';
import type { SelectedUsage } from './usage-filter.type.js';

@ObjectType('UsageSummary', { description: 'What usage comes to.', simpleResolvers: true })
export class UsageSummaryType {
  /** Whose usage, and which of it; the fields of the last minute ask for it once more. */
  summed!: SelectedUsage;

  @Field(() => BigIntScalar, { description: 'Calls, those that failed among them.' })
  requests!: bigint;

  @Field(() => BigIntScalar, { description: 'Calls that failed.' })
  errors!: bigint;

  @Field(() => BigIntScalar, { description: 'Tokens that were given.' })
  promptTokens!: bigint;

  @Field(() => BigIntScalar, { description: 'Tokens that were answered.' })
  completionTokens!: bigint;

  @Field(() => BigIntScalar, { description: 'What it cost.' })
  quota!: bigint;
}

/** What comes of no usage. */
export const NO_USAGE = { requests: 0n, errors: 0n, promptTokens: 0n, completionTokens: 0n, quota: 0n };

/** The `UsageSummary` of a sum; where there is none, nothing was used. */
export function toUsageSummary([sum]: readonly UsageSum[], summed: SelectedUsage): UsageSummaryType {
  const { requests, errors, promptTokens, completionTokens, quota } = sum ?? NO_USAGE;
  return { summed, requests, errors, promptTokens, completionTokens, quota };
}
