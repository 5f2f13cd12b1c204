import { Field, ObjectType } from 'type-graphql';
import { BigIntScalar } from '../../graphql-kit/scalars/big-int.js';
import type { UsageSum } from './find-usage-sums.js';
import type { SelectedUsage } from './usage-filter.type.js';

@ObjectType('UsageSummary', { description: 'Summed usage.', simpleResolvers: true })
export class UsageSummaryType {
  /** The filter and account, for the fields about the last minute. */
  selectedUsage!: SelectedUsage;

  @Field(() => BigIntScalar, { description: 'The number of calls, including failed ones.' })
  requests!: bigint;

  @Field(() => BigIntScalar, { description: 'The number of failed calls.' })
  errors!: bigint;

  @Field(() => BigIntScalar, { description: 'The number of prompt tokens.' })
  promptTokens!: bigint;

  @Field(() => BigIntScalar, { description: 'The number of completion tokens.' })
  completionTokens!: bigint;

  @Field(() => BigIntScalar, { description: 'The quota charged.' })
  quota!: bigint;
}

export const NO_USAGE = { requests: 0n, errors: 0n, promptTokens: 0n, completionTokens: 0n, quota: 0n };

/** Maps a sum to a `UsageSummary`; without a sum, everything is zero. */
export function toUsageSummary(sum: UsageSum | undefined, selectedUsage: SelectedUsage): UsageSummaryType {
  const { requests, errors, promptTokens, completionTokens, quota } = sum ?? NO_USAGE;
  return { selectedUsage, requests, errors, promptTokens, completionTokens, quota };
}
