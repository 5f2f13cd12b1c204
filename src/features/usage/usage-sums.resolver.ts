import { Arg, Args, Ctx, FieldResolver, Float, Query, Resolver, Root } from 'type-graphql';
import { UserType } from '../account/user.type.js';
import type { CalendarUnit } from '../../calendar-period.js';
import { Auth } from '../../graphql-kit/auth-directive.js';
import type { Context } from '../../graphql-kit/context.js';
import { perRequest } from '../../graphql-kit/per-request.js';
import { rowsByOwner } from '../../graphql-kit/relay/rows-by-owner.js';
import { findUsageSums, type UsageSum } from './find-usage-sums.js';
import {
  AllUsageLogsFilter,
  UsageLogFilter,
  parseAllUsageFilter,
  parseUsageFilter,
  type SelectedUsage,
} from './usage-filter.type.js';
import {
  AllUsageSeriesArgs,
  UsagePointType,
  UsageSeriesArgs,
  getSeriesPeriods,
  toUsagePoints,
  type SeriesPeriods,
} from './usage-series.type.js';
import { lastMinute, toTimeSpan, type TimeSpan } from './usage-span.js';
import { UsageSummaryType, toUsageSummary } from './usage-summary.type.js';

const usageSums = rowsByOwner(findUsageSums);

/** The periods of the series of a request. A list of users has the same ones for each. */
const knownPeriods = perRequest(() => new Map<string, SeriesPeriods>());

async function loadSum(context: Context, usage: SelectedUsage, span: TimeSpan): Promise<UsageSum | undefined> {
  if (span.from >= span.to) return undefined;
  const [sum] = await usageSums(context, { ...usage, bounds: [span.from, span.to], interval: null });
  return sum;
}

const loadSummary = async (context: Context, usage: SelectedUsage): Promise<UsageSummaryType> =>
  toUsageSummary(await loadSum(context, usage, toTimeSpan(usage.selection, context.now)), usage);

const loadLastMinute = (context: Context, usage: SelectedUsage): Promise<UsageSum | undefined> =>
  loadSum(context, usage, lastMinute(context.now));

async function loadSeries(
  context: Context,
  usage: SelectedUsage,
  { interval, timeZone }: { readonly interval: CalendarUnit; readonly timeZone: string },
): Promise<UsagePointType[]> {
  const name = JSON.stringify([usage.selection.from, usage.selection.to, interval, timeZone]);
  const known = knownPeriods(context);
  const series = known.get(name) ?? getSeriesPeriods(usage.selection, interval, timeZone, context.now);
  known.set(name, series);
  if (series.periods.length === 0) return [];
  return toUsagePoints(await usageSums(context, { ...usage, bounds: series.bounds, interval }), series);
}

@Resolver(() => UserType)
export class UsageSumsResolver {
  @Auth({
    requires: 'ADMIN',
    accepts: ['SESSION', 'API_TOKEN'],
    orSelf: true,
    scope: 'USAGE_READ',
    adminScope: 'ALL_USAGE_READ',
  })
  @FieldResolver(() => UsageSummaryType, {
    nullable: true,
    description: 'The summed usage of the user. Covers all calls if the filter has no time.',
  })
  usageSummary(
    @Root() { accountId }: UserType,
    @Arg('filter', () => UsageLogFilter, { nullable: true, description: 'Filters the usage.' })
    filter: UsageLogFilter | null,
    @Ctx() context: Context,
  ): Promise<UsageSummaryType> {
    return loadSummary(context, { accountId, selection: parseUsageFilter(filter) });
  }

  @Auth({
    requires: 'ADMIN',
    accepts: ['SESSION', 'API_TOKEN'],
    orSelf: true,
    scope: 'USAGE_READ',
    adminScope: 'ALL_USAGE_READ',
  })
  @FieldResolver(() => [UsagePointType], {
    nullable: true,
    description:
      'The usage of the user by hour, day, week or month of a time zone, oldest first, with a point for every period that the filter touches. At most 400 points. Without a time in the filter, covers the last 24 hours, 30 days, 12 weeks or 12 months.',
  })
  usageSeries(
    @Root() { accountId }: UserType,
    @Args(() => UsageSeriesArgs) { filter, ...series }: UsageSeriesArgs,
    @Ctx() context: Context,
  ): Promise<UsagePointType[]> {
    return loadSeries(context, { accountId, selection: parseUsageFilter(filter) }, series);
  }
}

@Resolver()
export class AllUsageSumsResolver {
  @Auth({ requires: 'ADMIN', accepts: ['SESSION', 'API_TOKEN'], adminScope: 'ALL_USAGE_READ' })
  @Query(() => UsageSummaryType, {
    nullable: true,
    description: 'The summed usage of all accounts. Covers all calls if the filter has no time.',
  })
  usageSummary(
    @Arg('filter', () => AllUsageLogsFilter, { nullable: true, description: 'Filters the usage.' })
    filter: AllUsageLogsFilter | null,
    @Ctx() context: Context,
  ): Promise<UsageSummaryType> {
    return loadSummary(context, parseAllUsageFilter(filter));
  }

  @Auth({ requires: 'ADMIN', accepts: ['SESSION', 'API_TOKEN'], adminScope: 'ALL_USAGE_READ' })
  @Query(() => [UsagePointType], {
    nullable: true,
    description: 'The usage of all accounts by hour, day, week or month, in the form of `User.usageSeries`.',
  })
  usageSeries(
    @Args(() => AllUsageSeriesArgs) { filter, ...series }: AllUsageSeriesArgs,
    @Ctx() context: Context,
  ): Promise<UsagePointType[]> {
    return loadSeries(context, parseAllUsageFilter(filter), series);
  }
}

@Resolver(() => UsageSummaryType)
export class UsageSummaryResolver {
  @FieldResolver(() => Float, {
    description: 'The number of calls in the last 60 seconds, regardless of the filter’s time.',
  })
  async requestsPerMinute(@Root() { selectedUsage }: UsageSummaryType, @Ctx() context: Context): Promise<number> {
    return Number((await loadLastMinute(context, selectedUsage))?.requests ?? 0);
  }

  @FieldResolver(() => Float, {
    description: 'The number of prompt and completion tokens in the last 60 seconds, regardless of the filter’s time.',
  })
  async tokensPerMinute(@Root() { selectedUsage }: UsageSummaryType, @Ctx() context: Context): Promise<number> {
    const sum = await loadLastMinute(context, selectedUsage);
    return Number((sum?.promptTokens ?? 0n) + (sum?.completionTokens ?? 0n));
  }
}
