import { ArgsType, Field, ObjectType } from 'type-graphql';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import { badUserInput } from '../../graphql-kit/errors.js';
import { BigIntScalar } from '../../graphql-kit/scalars/big-int.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import type { UsageSum } from './find-usage-sums.js';
import type { UsageSelection } from './usage-filter.js';
import { AllUsageLogsFilter, UsageLogFilter } from './usage-filter.type.js';
import { PERIOD_MS, periodsIn, startOf, type Span } from './usage-span.js';
import { NO_USAGE } from './usage-summary.type.js';
import type { Period } from './usage-total.entity.js';

const UsageIntervalEnum = graphqlEnum<Period>('UsageInterval', 'How long a time a point of a series is of, in UTC.', {
  HOUR: 'An hour.',
  DAY: 'A day.',
});

@ArgsType()
export class UsageSeriesArgs {
  @Field(() => UsageLogFilter, { nullable: true, description: 'Which usage.' })
  filter?: UsageLogFilter | null;

  @Field(() => UsageIntervalEnum, { description: 'The length of a point.' })
  interval!: Period;
}

@ArgsType()
export class AllUsageSeriesArgs {
  @Field(() => AllUsageLogsFilter, { nullable: true, description: 'Which usage.' })
  filter?: AllUsageLogsFilter | null;

  @Field(() => UsageIntervalEnum, { description: 'The length of a point.' })
  interval!: Period;
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

/** The most points that a series has, and how many it has where the filter names no beginning. */
const MAXIMUM_POINTS = 400;
const POINTS: Readonly<Record<Period, number>> = { HOUR: 24, DAY: 30 };

/**
 * The time that a series is of: where the filter names no end, up to and with the current hour or day, and where it
 * names no beginning, a day of hours or thirty days.
 *
 * @throws {GraphQLError} BAD_USER_INPUT for more than 400 points
 */
export function seriesSpan({ from, to }: UsageSelection, interval: Period, now: Date): Span {
  const end = to ?? new Date(startOf(interval, now).getTime() + PERIOD_MS[interval]);
  const span = { from: from ?? new Date(end.getTime() - POINTS[interval] * PERIOD_MS[interval]), to: end };
  if (periodsIn(span, interval) > MAXIMUM_POINTS) {
    throw badUserInput(
      `A series has at most ${MAXIMUM_POINTS} points: ask for a shorter time${interval === 'HOUR' ? ', or for days' : ''}.`,
    );
  }
  return span;
}

/** A point for each hour or day of a time, also where nothing was used, so that a chart has no gaps. */
export function toUsagePoints(sums: readonly UsageSum[], span: Span, interval: Period): UsagePointType[] {
  const byTime = new Map(sums.map((sum) => [sum.at?.getTime(), sum]));
  const first = startOf(interval, span.from).getTime();
  return Array.from({ length: periodsIn(span, interval) }, (_, index) => {
    const at = first + index * PERIOD_MS[interval];
    const { requests, promptTokens, completionTokens, quota } = byTime.get(at) ?? NO_USAGE;
    return { at: new Date(at), requests, tokens: promptTokens + completionTokens, quota };
  });
}
