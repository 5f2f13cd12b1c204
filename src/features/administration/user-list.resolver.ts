import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { accountsLoader } from '../account/accounts.loader.js';
import { UserType, toUser } from '../account/user.type.js';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { cutPage, readPageOf, toConnectionOf } from '../../graphql-kit/relay/connection.js';
import type { Context } from '../../graphql-kit/context.js';
import { fromGlobalId } from '../../graphql-kit/relay/global-id.js';
import { toSearchText } from '../../graphql-kit/search-text.js';
import { countUsers, findUsers, type UserChoice, type UserOrder } from './find-users.js';
import { toUserCursor, userCursorReader } from './user-cursor.js';
import { UserConnectionType, UsersArguments, type UserFilter } from './user-list.type.js';

const newestFirst: UserOrder = { field: 'CREATED_AT', direction: 'DESC' };

const choiceOf = ({ search, role = null, status = null, twoFactorEnabled = null }: UserFilter): UserChoice => ({
  search: toSearchText(search),
  role,
  status,
  twoFactorEnabled,
});

@Resolver(() => UserConnectionType)
export class UserListResolver {
  @Auth({ requires: 'ADMIN' })
  @Query(() => UserType, {
    nullable: true,
    description: 'Somebody’s account; null for an unknown id, and for an account that was erased.',
  })
  async user(
    @Arg('id', () => ID, { description: 'The id of the account.' }) id: string,
    @Ctx() context: Context,
  ): Promise<UserType | null> {
    const uuid = fromGlobalId('User', id);
    const account = uuid && (await accountsLoader(context).load(uuid));
    return account ? toUser(account.id, account) : null;
  }

  @Auth({ requires: 'ADMIN' })
  @Query(() => UserConnectionType, { nullable: true, description: 'Everybody’s accounts.' })
  async users(
    @Args(() => UsersArguments) { filter, orderBy, ...page }: UsersArguments,
    @Ctx() { reader }: Context,
  ): Promise<UserConnectionType> {
    const order = orderBy ?? newestFirst;
    const wish = readPageOf(page, userCursorReader(order.field));
    const choice = choiceOf(filter ?? {});
    const found = cutPage(await findUsers(reader, choice, order, wish), wish);
    return {
      choice,
      ...toConnectionOf(
        found,
        (user) => toUser(user.id, user),
        (user) => toUserCursor(order.field, user),
      ),
    };
  }

  @FieldResolver(() => Int, { description: 'How many people the filter chooses.' })
  totalCount(@Root() { choice }: UserConnectionType, @Ctx() { reader }: Context): Promise<number> {
    return countUsers(reader, choice);
  }
}
