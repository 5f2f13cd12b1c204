import { Arg, Args, Ctx, FieldResolver, Float, Resolver, Root } from 'type-graphql';
import { UserType } from '../account/user.type.js';
import { callKeyLoader } from '../call-key/call-keys.loader.js';
import { CallKeyType, toCallKey } from '../call-key/call-key.type.js';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { readPage, toConnection } from '../../graphql-kit/relay/connection.js';
import type { Context } from '../../graphql-kit/context.js';
import {
  UsageLogFilter,
  UsageLogsArguments,
  UsageSeriesArguments,
  readChoice,
  seriesSpan,
  summarySpan,
} from './usage-filter.type.js';
import { UsageLogConnectionType, UsageLogType, toUsageLog } from './usage-log.type.js';
import { usageLogsLoader } from './usage-logs.loader.js';
import { UsagePointType, UsageSummaryType, toUsagePoints, toUsageSummary } from './usage-summary.type.js';
import { lastMinuteOf, usageSumsLoader } from './usage-sums.loader.js';

@Resolver(() => UserType)
export class UsageResolver {
  @Auth({ requires: 'ADMIN', accepts: ['SESSION', 'API_TOKEN'], orSelf: true })
  @FieldResolver(() => UsageLogConnectionType, {
    nullable: true,
    description: 'The AI calls made with the person’s call keys, the newest first. They outlive their keys.',
  })
  async usageLogs(
    @Root() { accountId }: UserType,
    @Args(() => UsageLogsArguments) { filter, ...page }: UsageLogsArguments,
    @Ctx() context: Context,
  ): Promise<UsageLogConnectionType> {
    const found = await usageLogsLoader(context).load({
      accountId,
      choice: readChoice(filter ?? {}),
      page: readPage(page),
    });
    return toConnection(found, toUsageLog);
  }

  @Auth({ requires: 'ADMIN', accepts: ['SESSION', 'API_TOKEN'], orSelf: true })
  @FieldResolver(() => UsageSummaryType, {
    nullable: true,
    description: 'What those calls come to; all of them where the filter names no time.',
  })
  async usageSummary(
    @Root() { accountId }: UserType,
    @Arg('filter', () => UsageLogFilter, { nullable: true, description: 'Which usage.' }) filter: UsageLogFilter | null,
    @Ctx() context: Context,
  ): Promise<UsageSummaryType> {
    const choice = readChoice(filter ?? {});
    const sums = await usageSumsLoader(context).load({
      accountId,
      choice,
      span: summarySpan(choice, context.now),
      interval: null,
    });
    return toUsageSummary(sums, { accountId, choice });
  }

  @Auth({ requires: 'ADMIN', accepts: ['SESSION', 'API_TOKEN'], orSelf: true })
  @FieldResolver(() => [UsagePointType], {
    nullable: true,
    description:
      'What those calls come to by hours or days of UTC, the oldest first, with a point for each, also where nothing was used. At most 400 points; without a time in the filter the last 24 hours, or the last 30 days.',
  })
  async usageSeries(
    @Root() { accountId }: UserType,
    @Args(() => UsageSeriesArguments) { filter, interval }: UsageSeriesArguments,
    @Ctx() context: Context,
  ): Promise<UsagePointType[]> {
    const choice = readChoice(filter ?? {});
    const span = seriesSpan(choice, interval, context.now);
    const sums = await usageSumsLoader(context).load({ accountId, choice, span, interval });
    return toUsagePoints(sums, span, interval);
  }
}

@Resolver(() => UsageLogType)
export class UsageLogResolver {
  @FieldResolver(() => CallKeyType, {
    nullable: true,
    description: 'The call key that it was made with; null once that is deleted.',
  })
  async callKey(@Root() { callKeyId }: UsageLogType, @Ctx() context: Context): Promise<CallKeyType | null> {
    const callKey = await callKeyLoader(context).load(callKeyId);
    return callKey && toCallKey(callKey);
  }
}

@Resolver(() => UsageSummaryType)
export class UsageSummaryResolver {
  @FieldResolver(() => Float, { description: 'Calls in the last 60 seconds, whatever time the filter names.' })
  async requestsPerMinute(@Root() { summed }: UsageSummaryType, @Ctx() context: Context): Promise<number> {
    const [sum] = await usageSumsLoader(context).load(lastMinuteOf(summed, context.now));
    return Number(sum?.requests ?? 0);
  }

  @FieldResolver(() => Float, {
    description: 'Tokens, given and answered, in the last 60 seconds, whatever time the filter names.',
  })
  async tokensPerMinute(@Root() { summed }: UsageSummaryType, @Ctx() context: Context): Promise<number> {
    const [sum] = await usageSumsLoader(context).load(lastMinuteOf(summed, context.now));
    return Number((sum?.promptTokens ?? 0n) + (sum?.completionTokens ?? 0n));
  }
}
