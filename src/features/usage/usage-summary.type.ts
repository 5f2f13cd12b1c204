import { Field, ObjectType } from 'type-graphql';
import { BigIntScalar } from '../../graphql-kit/scalars/big-int.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import type { UsageSum } from './find-usage-sums.js';
import { PERIOD_MS, beginOf } from './period.js';
import { pointsOf } from './usage-filter.type.js';
import type { UsageSumsKey } from './usage-sums.loader.js';
import type { Span } from './usage-spans.js';
import type { Period } from './usage-total.entity.js';

@ObjectType('UsageSummary', { description: 'What usage comes to.', simpleResolvers: true })
export class UsageSummaryType {
  /** Whose usage, and which of it; the fields of the last minute ask for it once more. */
  summed!: Pick<UsageSumsKey, 'accountId' | 'choice'>;

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

@ObjectType('UsagePoint', { description: 'What usage comes to in one hour or day.', simpleResolvers: true })
export class UsagePointType {
  @Field(() => DateTimeScalar, { description: 'When the hour or the day begins, in UTC.' })
  at!: Date;

  @Field(() => BigIntScalar, { description: 'Calls, those that failed among them.' })
  requests!: bigint;

  @Field(() => BigIntScalar, { description: 'Tokens, given and answered.' })
  tokens!: bigint;

  @Field(() => BigIntScalar, { description: 'What it cost.' })
  quota!: bigint;
}

const NOTHING = { requests: 0n, errors: 0n, promptTokens: 0n, completionTokens: 0n, quota: 0n };

/** The `UsageSummary` of a sum; where there is none, nothing was used. */
export const toUsageSummary = (
  [sum = { ...NOTHING, accountId: '', at: null }]: readonly UsageSum[],
  summed: UsageSummaryType['summed'],
): UsageSummaryType => ({
  summed,
  requests: sum.requests,
  errors: sum.errors,
  promptTokens: sum.promptTokens,
  completionTokens: sum.completionTokens,
  quota: sum.quota,
});

/** A point for each hour or day of a time, also where nothing was used, so that a chart has no gaps. */
export function toUsagePoints(sums: readonly UsageSum[], span: Span, interval: Period): UsagePointType[] {
  const byMoment = new Map(sums.map((sum) => [sum.at?.getTime(), sum]));
  const first = beginOf(interval, span.from).getTime();
  return Array.from({ length: pointsOf(span, interval) }, (_, place) => {
    const at = first + place * PERIOD_MS[interval];
    const { requests, promptTokens, completionTokens, quota } = byMoment.get(at) ?? NOTHING;
    return { at: new Date(at), requests, tokens: promptTokens + completionTokens, quota };
  });
}
