import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { accountsLoader } from '../account/accounts.loader.js';
import { UserType, toUser } from '../account/user.type.js';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { readPage, toConnection } from '../../graphql-kit/relay/connection.js';
import type { Context } from '../../graphql-kit/context.js';
import { toGlobalId } from '../../graphql-kit/relay/global-id.js';
import { eventsLoader } from './events.loader.js';
import { SecurityEventsArguments, readEventChoice } from './security-event-filter.type.js';
import { ActorType, SecurityEventConnectionType, SecurityEventType, toSecurityEvent } from './security-event.type.js';

@Resolver(() => UserType)
export class SecurityEventsResolver {
  @Auth({ requires: 'ADMIN', accepts: ['SESSION', 'API_TOKEN'], orSelf: true })
  @FieldResolver(() => SecurityEventConnectionType, {
    nullable: true,
    description: 'What happened to the security of the account, the newest first.',
  })
  async securityEvents(
    @Root() { accountId }: UserType,
    @Args(() => SecurityEventsArguments) { filter, ...page }: SecurityEventsArguments,
    @Ctx() context: Context,
  ): Promise<SecurityEventConnectionType> {
    const found = await eventsLoader(context).load({
      accountId,
      choice: readEventChoice(filter ?? {}),
      page: readPage(page),
    });
    return toConnection(found, toSecurityEvent);
  }
}

@Resolver(() => SecurityEventType)
export class SecurityEventResolver {
  @FieldResolver(() => UserType, {
    nullable: true,
    description: 'Whose account; null where none is known, as for a sign-in with an unknown name.',
  })
  async user(@Root() { accountId }: SecurityEventType, @Ctx() context: Context): Promise<UserType | null> {
    const account = accountId && (await accountsLoader(context).load(accountId));
    return account ? toUser(account.id, account) : null;
  }

  @FieldResolver(() => ActorType, {
    nullable: true,
    description: 'Who did it: the person, or an administrator; null for who was nobody yet.',
  })
  async actor(@Root() { actorId }: SecurityEventType, @Ctx() context: Context): Promise<ActorType | null> {
    const account = actorId && (await accountsLoader(context).load(actorId));
    return account ? { ...account, id: toGlobalId('User', account.id) } : null;
  }
}
