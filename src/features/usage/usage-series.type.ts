import { ArgsType, Field, ObjectType } from 'type-graphql';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import { badUserInput } from '../../graphql-kit/errors.js';
import { BigIntScalar } from '../../graphql-kit/scalars/big-int.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import type { UsageSum } from './find-usage-sums.js';
import type { UsageSelection } from './usage-filter.js';
import { AllUsageLogsFilter, UsageLogFilter } from './usage-filter.type.js';
import { PERIOD_MS, countPeriods, startOfPeriod, type TimeSpan } from './usage-span.js';
import { NO_USAGE } from './usage-summary.type.js';
import type { Period } from './usage-total.entity.js';

const UsageIntervalEnum = graphqlEnum<Period>('UsageInterval', 'The period of a point in a usage series, in UTC.', {
  HOUR: 'An hour.',
  DAY: 'A day.',
});

@ArgsType()
export class UsageSeriesArgs {
  @Field(() => UsageLogFilter, { nullable: true, description: 'Filters the usage.' })
  filter?: UsageLogFilter | null;

  @Field(() => UsageIntervalEnum, { description: 'The period of each point.' })
  interval!: Period;
}

@ArgsType()
export class AllUsageSeriesArgs {
  @Field(() => AllUsageLogsFilter, { nullable: true, description: 'Filters the usage.' })
  filter?: AllUsageLogsFilter | null;

  @Field(() => UsageIntervalEnum, { description: 'The period of each point.' })
  interval!: Period;
}

@ObjectType('UsagePoint', { description: 'Usage in one hour or day.', simpleResolvers: true })
export class UsagePointType {
  @Field(() => DateTimeScalar, { description: 'The start of the hour or day, in UTC.' })
  at!: Date;

  @Field(() => BigIntScalar, { description: 'The number of calls, including failed ones.' })
  requests!: bigint;

  @Field(() => BigIntScalar, { description: 'The number of prompt and completion tokens.' })
  tokens!: bigint;

  @Field(() => BigIntScalar, { description: 'The quota charged.' })
  quota!: bigint;
}

/** Maximum number of points of a series, and the default number if the filter has no start. */
const MAXIMUM_POINTS = 400;
const DEFAULT_POINTS: Readonly<Record<Period, number>> = { HOUR: 24, DAY: 30 };

/**
 * The time span of a series. It ends with the current hour or day by default, and starts 24 hours or 30 days before.
 *
 * @throws {GraphQLError} BAD_USER_INPUT for more than 400 points
 */
export function getSeriesSpan({ from, to }: UsageSelection, interval: Period, now: Date): TimeSpan {
  const end = to ?? new Date(startOfPeriod(interval, now).getTime() + PERIOD_MS[interval]);
  const span = { from: from ?? new Date(end.getTime() - DEFAULT_POINTS[interval] * PERIOD_MS[interval]), to: end };
  if (countPeriods(span, interval) > MAXIMUM_POINTS) {
    throw badUserInput(
      `A series has at most ${MAXIMUM_POINTS} points. Choose a shorter time span${interval === 'HOUR' ? ' or the interval DAY' : ''}.`,
    );
  }
  return span;
}

/** Returns a point for every hour or day of a span, also for those without usage, so that charts have no gaps. */
export function toUsagePoints(sums: readonly UsageSum[], span: TimeSpan, interval: Period): UsagePointType[] {
  const byTime = new Map(sums.map((sum) => [sum.at?.getTime(), sum]));
  const first = startOfPeriod(interval, span.from).getTime();
  return Array.from({ length: countPeriods(span, interval) }, (_, index) => {
    const at = first + index * PERIOD_MS[interval];
    const { requests, promptTokens, completionTokens, quota } = byTime.get(at) ?? NO_USAGE;
    return { at: new Date(at), requests, tokens: promptTokens + completionTokens, quota };
  });
}
