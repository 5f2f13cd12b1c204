import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { accountsLoader } from '../account/accounts.loader.js';
import { UserType, toUser } from '../account/user.type.js';
import { callKeyLoader } from '../call-key/call-keys.loader.js';
import { CallKeyType, toCallKey } from '../call-key/call-key.type.js';
import { Auth } from '../../graphql-kit/auth-directive.js';
import type { Context } from '../../graphql-kit/context.js';
import { toConnection, type Connection } from '../../graphql-kit/relay/connection.js';
import { parsePageArgs } from '../../graphql-kit/relay/page.js';
import { pagesByOwner } from '../../graphql-kit/relay/rows-by-owner.js';
import { findUsageLogs } from './find-usage-logs.js';
import { AllUsageLogsArgs, UsageLogsArgs, parseAllUsageFilter, parseUsageFilter } from './usage-filter.type.js';
import { UsageLogConnectionType, UsageLogType, toUsageLog } from './usage-log.type.js';

const usageLogs = pagesByOwner(findUsageLogs);

@Resolver(() => UserType)
export class UsageLogsResolver {
  @Auth({
    requires: 'ADMIN',
    accepts: ['SESSION', 'API_TOKEN'],
    orSelf: true,
    scope: 'USAGE_READ',
    adminScope: 'ALL_USAGE_READ',
  })
  @FieldResolver(() => UsageLogConnectionType, {
    nullable: true,
    description: 'AI calls made with the user’s call keys, newest first. They are kept when a key is deleted.',
  })
  async usageLogs(
    @Root() { accountId }: UserType,
    @Args(() => UsageLogsArgs) { filter, ...page }: UsageLogsArgs,
    @Ctx() context: Context,
  ): Promise<Connection<UsageLogType>> {
    const parameters = { accountId, selection: parseUsageFilter(filter), page: parsePageArgs(page) };
    return toConnection(await usageLogs(context, parameters), toUsageLog);
  }
}

@Resolver()
export class AllUsageLogsResolver {
  @Auth({ requires: 'ADMIN', accepts: ['SESSION', 'API_TOKEN'], adminScope: 'ALL_USAGE_READ' })
  @Query(() => UsageLogConnectionType, { nullable: true, description: 'AI calls of all accounts, newest first.' })
  async usageLogs(
    @Args(() => AllUsageLogsArgs) { filter, ...page }: AllUsageLogsArgs,
    @Ctx() context: Context,
  ): Promise<Connection<UsageLogType>> {
    const parameters = { ...parseAllUsageFilter(filter), page: parsePageArgs(page) };
    return toConnection(await usageLogs(context, parameters), toUsageLog);
  }
}

@Resolver(() => UsageLogType)
export class UsageLogResolver {
  @Auth({ requires: 'ADMIN', accepts: ['SESSION', 'API_TOKEN'], orSelf: true, scope: 'KEYS_READ' })
  @FieldResolver(() => CallKeyType, {
    nullable: true,
    description: 'The call key. Null once it is deleted.',
  })
  async callKey(@Root() { callKeyId }: UsageLogType, @Ctx() context: Context): Promise<CallKeyType | null> {
    const callKey = await callKeyLoader(context).load(callKeyId);
    return callKey && toCallKey(callKey);
  }

  @FieldResolver(() => UserType, {
    nullable: true,
    description: 'The owner of the call key at the time. Null once the user is erased.',
  })
  async user(@Root() { accountId }: UsageLogType, @Ctx() context: Context): Promise<UserType | null> {
    const account = accountId === null ? null : await accountsLoader(context).load(accountId);
    return account && toUser(account.id, account);
  }
}
