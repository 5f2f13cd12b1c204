import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { accountsLoader } from '../account/accounts.loader.js';
import { UserType, toUser } from '../account/user.type.js';
import { callKeyLoader } from '../call-key/call-keys.loader.js';
import { CallKeyType, toCallKey } from '../call-key/call-key.type.js';
import { Auth } from '../../graphql-kit/auth-directive.js';
import type { Context } from '../../graphql-kit/context.js';
import { rowsByOwner } from '../../graphql-kit/relay/rows-by-owner.js';
import { callKeyNamesLoader } from './call-key-names.loader.js';
import { findUsageShares } from './find-usage-shares.js';
import {
  AllUsageBreakdownArgs,
  UsageBreakdownArgs,
  UsageShareType,
  parseShareCount,
  toUsageShare,
} from './usage-breakdown.type.js';
import { parseAllUsageFilter, parseUsageFilter, type SelectedUsage } from './usage-filter.type.js';
import { toTimeSpan } from './usage-span.js';

const usageShares = rowsByOwner(findUsageShares);

async function loadShares(
  context: Context,
  usage: SelectedUsage,
  { by, first }: Pick<UsageBreakdownArgs, 'by' | 'first'>,
): Promise<UsageShareType[]> {
  const count = parseShareCount(first);
  const span = toTimeSpan(usage.selection, context.now);
  if (span.from >= span.to) return [];
  const shares = await usageShares(context, { ...usage, span, by, first: count });
  return shares.map((share) => toUsageShare(share, by, usage.accountId));
}

@Resolver(() => UserType)
export class UsageBreakdownResolver {
  @Auth({
    requires: 'ADMIN',
    accepts: ['SESSION', 'API_TOKEN'],
    orSelf: true,
    scope: 'USAGE_READ',
    adminScope: 'ALL_USAGE_READ',
  })
  @FieldResolver(() => [UsageShareType], {
    nullable: true,
    description:
      'The usage of the user by model or key: the largest shares first, by quota, then by requests, and the rest as one. Covers all calls if the filter has no time.',
  })
  usageBreakdown(
    @Root() { accountId }: UserType,
    @Args(() => UsageBreakdownArgs) { filter, ...breakdown }: UsageBreakdownArgs,
    @Ctx() context: Context,
  ): Promise<UsageShareType[]> {
    return loadShares(context, { accountId, selection: parseUsageFilter(filter) }, breakdown);
  }
}

@Resolver()
export class AllUsageBreakdownResolver {
  @Auth({ requires: 'ADMIN', accepts: ['SESSION', 'API_TOKEN'], adminScope: 'ALL_USAGE_READ' })
  @Query(() => [UsageShareType], {
    nullable: true,
    description: 'The usage of all accounts by model, key or user, in the form of `User.usageBreakdown`.',
  })
  usageBreakdown(
    @Args(() => AllUsageBreakdownArgs) { filter, ...breakdown }: AllUsageBreakdownArgs,
    @Ctx() context: Context,
  ): Promise<UsageShareType[]> {
    return loadShares(context, parseAllUsageFilter(filter), breakdown);
  }
}

@Resolver(() => UsageShareType)
export class UsageShareResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The model, or the name of the key or user, also of a deleted key. Empty if the user is erased. Null for the rest.',
  })
  async label(@Root() { key, by }: UsageShareType, @Ctx() context: Context): Promise<string | null> {
    if (key === null || by === 'MODEL') return key;
    if (by === 'CALL_KEY') return callKeyNamesLoader(context).load(key);
    return (await accountsLoader(context).load(key))?.username ?? '';
  }

  @Auth({ requires: 'ADMIN', accepts: ['SESSION', 'API_TOKEN'], orSelf: true, scope: 'KEYS_READ' })
  @FieldResolver(() => CallKeyType, {
    nullable: true,
    description: 'The call key. Null once it is deleted, and in other breakdowns.',
  })
  async callKey(@Root() { key, by }: UsageShareType, @Ctx() context: Context): Promise<CallKeyType | null> {
    const callKey = key === null || by !== 'CALL_KEY' ? null : await callKeyLoader(context).load(key);
    return callKey && toCallKey(callKey);
  }

  @FieldResolver(() => UserType, {
    nullable: true,
    description: 'The user, or the owner of the key. Null for a model, for the rest, and once the user is erased.',
  })
  async user(@Root() { holderId }: UsageShareType, @Ctx() context: Context): Promise<UserType | null> {
    const account = holderId === null ? null : await accountsLoader(context).load(holderId);
    return account && toUser(account.id, account);
  }
}
