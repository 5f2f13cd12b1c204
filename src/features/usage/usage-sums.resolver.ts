import { Arg, Args, Ctx, FieldResolver, Float, Query, Resolver, Root } from 'type-graphql';
import { UserType } from '../account/user.type.js';
import { Auth } from '../../graphql-kit/auth-directive.js';
import type { Context } from '../../graphql-kit/context.js';
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
  getSeriesSpan,
  toUsagePoints,
} from './usage-series.type.js';
import { lastMinute, toTimeSpan } from './usage-span.js';
import { UsageSummaryType, toUsageSummary } from './usage-summary.type.js';
import type { Period } from './usage-total.entity.js';

const usageSums = rowsByOwner(findUsageSums);

async function loadSummary(context: Context, usage: SelectedUsage): Promise<UsageSummaryType> {
  const span = toTimeSpan(usage.selection, context.now);
  return toUsageSummary(await usageSums(context, { ...usage, span, interval: null }), usage);
}

async function loadSeries(context: Context, usage: SelectedUsage, interval: Period): Promise<UsagePointType[]> {
  const span = getSeriesSpan(usage.selection, interval, context.now);
  return toUsagePoints(await usageSums(context, { ...usage, span, interval }), span, interval);
}

async function loadLastMinute(context: Context, usage: SelectedUsage): Promise<UsageSum | undefined> {
  const [sum] = await usageSums(context, { ...usage, span: lastMinute(context.now), interval: null });
  return sum;
}

@Resolver(() => UserType)
export class UsageSumsResolver {
  @Auth({ requires: 'ADMIN', accepts: ['SESSION', 'API_TOKEN'], orSelf: true })
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

  @Auth({ requires: 'ADMIN', accepts: ['SESSION', 'API_TOKEN'], orSelf: true })
  @FieldResolver(() => [UsagePointType], {
    nullable: true,
    description:
      'The usage of the user by hour or day in UTC, oldest first, with a point for every period. At most 400 points. Without a time in the filter, covers the last 24 hours or 30 days.',
  })
  usageSeries(
    @Root() { accountId }: UserType,
    @Args(() => UsageSeriesArgs) { filter, interval }: UsageSeriesArgs,
    @Ctx() context: Context,
  ): Promise<UsagePointType[]> {
    return loadSeries(context, { accountId, selection: parseUsageFilter(filter) }, interval);
  }
}

@Resolver()
export class AllUsageSumsResolver {
  @Auth({ requires: 'ADMIN' })
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

  @Auth({ requires: 'ADMIN' })
  @Query(() => [UsagePointType], {
    nullable: true,
    description: 'The usage of all accounts by hour or day in UTC, in the form of `User.usageSeries`.',
  })
  usageSeries(
    @Args(() => AllUsageSeriesArgs) { filter, interval }: AllUsageSeriesArgs,
    @Ctx() context: Context,
  ): Promise<UsagePointType[]> {
    return loadSeries(context, parseAllUsageFilter(filter), interval);
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
