import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { readPage, toConnection } from '../../graphql-kit/relay/connection.js';
import type { Context } from '../../graphql-kit/context.js';
import {
  AllUsageLogsArguments,
  AllUsageLogsFilter,
  AllUsageSeriesArguments,
  readChoice,
  readUser,
  seriesSpan,
  summarySpan,
} from './usage-filter.type.js';
import { UsageLogConnectionType, toUsageLog } from './usage-log.type.js';
import { usageLogsLoader } from './usage-logs.loader.js';
import { UsagePointType, UsageSummaryType, toUsagePoints, toUsageSummary } from './usage-summary.type.js';
import { usageSumsLoader } from './usage-sums.loader.js';

@Resolver()
export class AllUsageResolver {
  @Auth({ requires: 'ADMIN' })
  @Query(() => UsageLogConnectionType, { nullable: true, description: 'The AI calls of everybody, the newest first.' })
  async usageLogs(
    @Args(() => AllUsageLogsArguments) { filter, ...page }: AllUsageLogsArguments,
    @Ctx() context: Context,
  ): Promise<UsageLogConnectionType> {
    const found = await usageLogsLoader(context).load({
      accountId: readUser(filter ?? {}),
      choice: readChoice(filter ?? {}),
      page: readPage(page),
    });
    return toConnection(found, toUsageLog);
  }

  @Auth({ requires: 'ADMIN' })
  @Query(() => UsageSummaryType, {
    nullable: true,
    description: 'What the AI calls of everybody come to; all of them where the filter names no time.',
  })
  async usageSummary(
    @Arg('filter', () => AllUsageLogsFilter, { nullable: true, description: 'Which usage.' })
    filter: AllUsageLogsFilter | null,
    @Ctx() context: Context,
  ): Promise<UsageSummaryType> {
    const [accountId, choice] = [readUser(filter ?? {}), readChoice(filter ?? {})];
    const sums = await usageSumsLoader(context).load({
      accountId,
      choice,
      span: summarySpan(choice, context.now),
      interval: null,
    });
    return toUsageSummary(sums, { accountId, choice });
  }

  @Auth({ requires: 'ADMIN' })
  @Query(() => [UsagePointType], {
    nullable: true,
    description:
      'What the AI calls of everybody come to by hours or days of UTC, as `User.usageSeries` has those of a person.',
  })
  async usageSeries(
    @Args(() => AllUsageSeriesArguments) { filter, interval }: AllUsageSeriesArguments,
    @Ctx() context: Context,
  ): Promise<UsagePointType[]> {
    const [accountId, choice] = [readUser(filter ?? {}), readChoice(filter ?? {})];
    const span = seriesSpan(choice, interval, context.now);
    const sums = await usageSumsLoader(context).load({ accountId, choice, span, interval });
    return toUsagePoints(sums, span, interval);
  }
}
