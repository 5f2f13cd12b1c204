import { ArgsType, Field, ObjectType } from 'type-graphql';
import {
  calendarPeriodAt,
  calendarPeriodsIn,
  parseTimeZone,
  type CalendarPeriod,
  type CalendarUnit,
} from '../../calendar-period.js';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import { badUserInput } from '../../graphql-kit/errors.js';
import { BigIntScalar } from '../../graphql-kit/scalars/big-int.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import type { UsageSum } from './find-usage-sums.js';
import type { UsageSelection } from './usage-filter.js';
import { AllUsageLogsFilter, UsageLogFilter } from './usage-filter.type.js';
import type { TimeSpan } from './usage-span.js';
import { NO_USAGE } from './usage-summary.type.js';

const UsageIntervalEnum = graphqlEnum<CalendarUnit>(
  'UsageInterval',
  'The period of a point in a usage series, in the time zone of the series.',
  {
    HOUR: 'An hour.',
    DAY: 'A day.',
    WEEK: 'A week. It begins on Monday.',
    MONTH: 'A month.',
  },
);

const TIME_ZONE_DESCRIPTION = 'The time zone of the periods: an IANA name, such as `Europe/Berlin`.';

@ArgsType()
export class UsageSeriesArgs {
  @Field(() => UsageLogFilter, { nullable: true, description: 'Filters the usage.' })
  filter?: UsageLogFilter | null;

  @Field(() => UsageIntervalEnum, { description: 'The period of each point.' })
  interval!: CalendarUnit;

  @Field(() => String, { defaultValue: 'UTC', description: TIME_ZONE_DESCRIPTION })
  timeZone!: string;
}

@ArgsType()
export class AllUsageSeriesArgs {
  @Field(() => AllUsageLogsFilter, { nullable: true, description: 'Filters the usage.' })
  filter?: AllUsageLogsFilter | null;

  @Field(() => UsageIntervalEnum, { description: 'The period of each point.' })
  interval!: CalendarUnit;

  @Field(() => String, { defaultValue: 'UTC', description: TIME_ZONE_DESCRIPTION })
  timeZone!: string;
}

@ObjectType('UsagePoint', { description: 'Usage in one hour, day, week or month.', simpleResolvers: true })
export class UsagePointType {
  @Field(() => DateTimeScalar, {
    description: 'The start of the period. The first point may contain less than its period, if the filter has a time.',
  })
  at!: Date;

  @Field(() => BigIntScalar, { description: 'The number of calls, including failed ones.' })
  requests!: bigint;

  @Field(() => BigIntScalar, { description: 'The number of failed calls.' })
  errors!: bigint;

  @Field(() => BigIntScalar, { description: 'The number of prompt and completion tokens.' })
  tokens!: bigint;

  @Field(() => BigIntScalar, { description: 'The quota charged.' })
  quota!: bigint;
}

/** Maximum number of points of a series, and the default number if the filter has no start. */
const MAXIMUM_POINTS = 400;
const DEFAULT_POINTS: Readonly<Record<CalendarUnit, number>> = { HOUR: 24, DAY: 30, WEEK: 12, MONTH: 12 };

/** The periods of a series, and the bounds of its sums: their starts, and the start and end of the time span. */
export interface SeriesPeriods {
  readonly periods: readonly CalendarPeriod[];
  readonly bounds: readonly Date[];
}

/**
 * The periods that a series has a point for. It ends with the current period by default, and has 24 hours, 30 days, 12
 * weeks or 12 months.
 *
 * @throws {GraphQLError} BAD_USER_INPUT for an unknown time zone, and for more than 400 points
 */
export function getSeriesPeriods(
  selection: Pick<UsageSelection, 'from' | 'to'>,
  interval: CalendarUnit,
  timeZone: string,
  now: Date,
): SeriesPeriods {
  const zone = parseTimeZone(timeZone);
  if (zone === null)
    throw badUserInput('timeZone must be the name of an IANA time zone, such as Europe/Berlin or UTC.');
  const span = getSeriesSpan(selection, interval, zone, now);
  const periods = calendarPeriodsIn(interval, zone, span, MAXIMUM_POINTS);
  if (!periods) {
    throw badUserInput(
      `A series has at most ${MAXIMUM_POINTS} points. Choose a shorter time span or a longer interval.`,
    );
  }
  return {
    periods,
    bounds: periods.length === 0 ? [] : [span.from, ...periods.slice(1).map(({ from }) => from), span.to],
  };
}

function getSeriesSpan(
  { from, to }: Pick<UsageSelection, 'from' | 'to'>,
  interval: CalendarUnit,
  zone: string,
  now: Date,
): TimeSpan {
  const end = to ?? calendarPeriodAt(interval, zone, now).to;
  if (from) return { from, to: end };
  let start = end;
  for (let point = 0; point < DEFAULT_POINTS[interval]; point += 1) {
    start = calendarPeriodAt(interval, zone, new Date(start.getTime() - 1)).from;
  }
  return { from: start, to: end };
}

/** Returns a point for every period, also for those without usage, so that charts have no gaps. */
export function toUsagePoints(sums: readonly UsageSum[], { periods }: SeriesPeriods): UsagePointType[] {
  const byPoint = new Map(sums.map((sum) => [sum.point, sum]));
  return periods.map(({ from }, index) => {
    const { requests, errors, promptTokens, completionTokens, quota } = byPoint.get(index) ?? NO_USAGE;
    return { at: from, requests, errors, tokens: promptTokens + completionTokens, quota };
  });
}
