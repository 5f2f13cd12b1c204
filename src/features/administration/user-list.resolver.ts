import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { accountsLoader } from '../account/accounts.loader.js';
import { UserType, toUser } from '../account/user.type.js';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { toPage } from '../../database/read/keyset.js';
import { toConnection, type Connection } from '../../graphql-kit/relay/connection.js';
import type { Context } from '../../graphql-kit/context.js';
import { fromGlobalId } from '../../rules/global-id.js';
import { parseSortedPageArgs } from '../../graphql-kit/relay/page.js';
import { countUsers, findUsers, type UserSelection } from './find-users.js';
import { UserConnectionType, UsersArgs, parseUserFilter } from './user-list.type.js';
import { userSorts, type UserOrder } from './user-order.js';

const newestFirst: UserOrder = { field: 'CREATED_AT', direction: 'DESC' };

/** A page of users, with the filter that `totalCount` uses; no field exposes it. */
interface UserConnection extends Connection<UserType> {
  readonly selection: UserSelection;
}

@Resolver(() => UserConnectionType)
export class UserListResolver {
  @Auth({ requires: 'ADMIN', accepts: ['SESSION', 'API_TOKEN'], adminScope: 'USERS_READ' })
  @Query(() => UserType, {
    nullable: true,
    description: 'An account by its ID. Null if the ID is unknown or the account was erased.',
  })
  async user(
    @Arg('id', () => ID, { description: 'The ID of the account.' }) id: string,
    @Ctx() context: Context,
  ): Promise<UserType | null> {
    const uuid = fromGlobalId('User', id);
    const account = uuid && (await accountsLoader(context).load(uuid));
    return account ? toUser(account.id, account) : null;
  }

  @Auth({ requires: 'ADMIN', accepts: ['SESSION', 'API_TOKEN'], adminScope: 'USERS_READ' })
  @Query(() => UserConnectionType, { nullable: true, description: 'All accounts.' })
  async users(
    @Args(() => UsersArgs) { filter, orderBy, ...args }: UsersArgs,
    @Ctx() { reader }: Context,
  ): Promise<UserConnection> {
    const order = orderBy ?? newestFirst;
    const sort = userSorts[order.field];
    const [selection, page] = [parseUserFilter(filter), parseSortedPageArgs(args, sort)];
    const users = toPage(await findUsers(reader, selection, order, page), page);
    return { selection, ...toConnection(users, (user) => toUser(user.id, user), sort) };
  }

  @FieldResolver(() => Int, {
    description: 'The number of users that match the filter. Above a million it is an estimate.',
  })
  totalCount(@Root() { selection }: UserConnection, @Ctx() { reader }: Context): Promise<number> {
    return countUsers(reader, selection);
  }
}
