import { Args, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { UserType } from '../account/user.type.js';
import { Auth } from '../../graphql-kit/auth-directive.js';
import type { Context } from '../../graphql-kit/context.js';
import { toConnection, type Connection } from '../../graphql-kit/relay/connection.js';
import { parsePageArgs } from '../../graphql-kit/relay/page.js';
import { pagesByOwner, rowsByOwner } from '../../graphql-kit/relay/rows-by-owner.js';
import { CallKeysArgs, parseCallKeyFilter } from './call-key-filter.type.js';
import { CallKeyConnectionType, toCallKey, type CallKeyType } from './call-key.type.js';
import { countCallKeys, listCallKeys, type CallKeySelection } from './list-call-keys.js';

const callKeys = pagesByOwner(listCallKeys);
const callKeyCounts = rowsByOwner(countCallKeys);

/** A page of call keys, with the filter that `totalCount` uses; no field exposes it. */
interface CallKeyConnection extends Connection<CallKeyType> {
  readonly countParameters: { readonly accountId: string; readonly selection: CallKeySelection };
}

@Resolver(() => UserType)
export class CallKeysResolver {
  @Auth({ requires: 'ADMIN', accepts: ['SESSION', 'API_TOKEN'], orSelf: true, scope: 'KEYS_READ' })
  @FieldResolver(() => CallKeyConnectionType, {
    nullable: true,
    description: 'The user’s call keys (`sk-`), newest first.',
  })
  async callKeys(
    @Root() { accountId }: UserType,
    @Args(() => CallKeysArgs) { filter, ...page }: CallKeysArgs,
    @Ctx() context: Context,
  ): Promise<CallKeyConnection> {
    const countParameters = { accountId, selection: parseCallKeyFilter(filter) };
    const callKeyPage = await callKeys(context, { ...countParameters, page: parsePageArgs(page) });
    return { ...toConnection(callKeyPage, toCallKey), countParameters };
  }
}

@Resolver(() => CallKeyConnectionType)
export class CallKeyConnectionResolver {
  @FieldResolver(() => Int, { description: 'The number of call keys on all pages.' })
  async totalCount(@Root() { countParameters }: CallKeyConnection, @Ctx() context: Context): Promise<number> {
    const [row] = await callKeyCounts(context, countParameters);
    return Number(row?.count ?? 0);
  }
}
