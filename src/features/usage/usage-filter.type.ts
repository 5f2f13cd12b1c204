import { GraphQLError } from 'graphql';
import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { PageArguments } from '../../graphql-kit/relay/connection.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import { wantedId } from '../../graphql-kit/relay/global-id.js';
import { toKnownTime } from '../../graphql-kit/scalars/known-time.js';
import { PERIOD_MS, beginOf } from './period.js';
import { UsageTypeEnum } from './record-usage.type.js';
import type { UsageChoice } from './usage-choice.js';
import type { UsageType } from './usage-log.entity.js';
import type { Span } from './usage-spans.js';
import type { Period } from './usage-total.entity.js';

const UsageIntervalEnum = graphqlEnum<Period>('UsageInterval', 'How long a time a point of a series is of, in UTC.', {
  HOUR: 'An hour.',
  DAY: 'A day.',
});

@InputType({ description: 'Which usage; what is not given limits nothing.' })
export class UsageLogFilter {
  @Field(() => DateTimeScalar, { nullable: true, description: 'From this moment on.' })
  from?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Before this moment.' })
  to?: Date | null;

  @Field(() => UsageTypeEnum, { nullable: true, description: 'Of this type.' })
  type?: UsageType | null;

  @Field(() => ID, { nullable: true, description: 'Made with this call key, be it there or deleted.' })
  callKeyId?: string | null;

  @Field(() => String, { nullable: true, description: 'Of this model.' })
  model?: string | null;

  @Field(() => String, { nullable: true, description: 'Of this request.' })
  requestId?: string | null;
}

@InputType({ description: 'Which usage of everybody; what is not given limits nothing.' })
export class AllUsageLogsFilter extends UsageLogFilter {
  @Field(() => ID, { nullable: true, description: 'Of this person.' })
  userId?: string | null;
}

@ArgsType()
export class UsageLogsArguments extends PageArguments {
  @Field(() => UsageLogFilter, { nullable: true, description: 'Which logs.' })
  filter?: UsageLogFilter | null;
}

@ArgsType()
export class AllUsageLogsArguments extends PageArguments {
  @Field(() => AllUsageLogsFilter, { nullable: true, description: 'Which logs.' })
  filter?: AllUsageLogsFilter | null;
}

@ArgsType()
export class UsageSeriesArguments {
  @Field(() => UsageLogFilter, { nullable: true, description: 'Which usage.' })
  filter?: UsageLogFilter | null;

  @Field(() => UsageIntervalEnum, { description: 'The length of a point.' })
  interval!: Period;
}

@ArgsType()
export class AllUsageSeriesArguments {
  @Field(() => AllUsageLogsFilter, { nullable: true, description: 'Which usage.' })
  filter?: AllUsageLogsFilter | null;

  @Field(() => UsageIntervalEnum, { description: 'The length of a point.' })
  interval!: Period;
}

/** Reads a filter. A text that no log can hold finds nothing, and is no fault of the database. */
export const readChoice = ({
  from,
  to,
  type = null,
  callKeyId,
  model,
  requestId,
}: UsageLogFilter = {}): UsageChoice => ({
  from: toKnownTime(from),
  to: toKnownTime(to),
  type,
  callKeyId: wantedId('CallKey', callKeyId),
  model: model?.replaceAll('\0', '\uFFFD') ?? null,
  requestId: requestId?.replaceAll('\0', '\uFFFD') ?? null,
});

/** Whose usage a filter of administrators wants; null for everybody's. */
export const readUser = ({ userId }: AllUsageLogsFilter = {}): string | null => wantedId('User', userId);

/**
 * The time that a summary is of: where the filter names none, from the first log to past the last one that can be
 * there.
 */
export const summarySpan = ({ from, to }: UsageChoice, now: Date): Span => ({
  from: from ?? new Date(0),
  to: to ?? new Date(beginOf('DAY', now).getTime() + 2 * PERIOD_MS.DAY),
});

/** The most points that a series has, and how many it has where the filter names no beginning. */
const MOST_POINTS = 400;
const POINTS: Readonly<Record<Period, number>> = { HOUR: 24, DAY: 30 };

/**
 * The time that a series is of: where the filter names no end, up to and with the current hour or day, and where it
 * names no beginning, a day of hours or thirty days.
 *
 * @throws {GraphQLError} BAD_USER_INPUT for more than 400 points
 */
export function seriesSpan({ from, to }: UsageChoice, interval: Period, now: Date): Span {
  const end = to ?? new Date(beginOf(interval, now).getTime() + PERIOD_MS[interval]);
  const span = { from: from ?? new Date(end.getTime() - POINTS[interval] * PERIOD_MS[interval]), to: end };
  if (pointsOf(span, interval) > MOST_POINTS) {
    throw new GraphQLError(
      `A series has at most ${MOST_POINTS} points: ask for a shorter time${interval === 'HOUR' ? ', or for days' : ''}.`,
      { extensions: { code: 'BAD_USER_INPUT' } },
    );
  }
  return span;
}

/** How many hours or days a time touches. */
export const pointsOf = ({ from, to }: Span, interval: Period): number =>
  Math.max(0, Math.ceil((to.getTime() - beginOf(interval, from).getTime()) / PERIOD_MS[interval]));
