import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { accountsLoader } from '../account/accounts.loader.js';
import { UserType, toUser } from '../account/user.type.js';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { toPage } from '../../database/read/keyset.js';
import { toConnection, type Connection } from '../../graphql-kit/relay/connection.js';
import type { Context } from '../../graphql-kit/context.js';
import { toGlobalId } from '../../rules/global-id.js';
import { parsePageArgs } from '../../graphql-kit/relay/page.js';
import { pagesByOwner } from '../../graphql-kit/relay/rows-by-owner.js';
import { findAllEvents } from './find-all-events.js';
import { findEvents } from './find-events.js';
import {
  AllSecurityEventsArgs,
  SecurityEventsArgs,
  parseAllEventsFilter,
  parseEventFilter,
} from './security-event-filter.type.js';
import { ActorType } from './actor.type.js';
import { SecurityEventConnectionType, SecurityEventType, toSecurityEvent } from './security-event.type.js';

const securityEvents = pagesByOwner(findEvents);

@Resolver(() => UserType)
export class SecurityEventsResolver {
  @Auth({
    requires: 'ADMIN',
    accepts: ['SESSION', 'API_TOKEN'],
    orSelf: true,
    scope: 'EVENTS_READ',
    adminScope: 'ALL_EVENTS_READ',
  })
  @FieldResolver(() => SecurityEventConnectionType, {
    nullable: true,
    description: 'The security events of the account, newest first.',
  })
  async securityEvents(
    @Root() { accountId }: UserType,
    @Args(() => SecurityEventsArgs) { filter, ...page }: SecurityEventsArgs,
    @Ctx() context: Context,
  ): Promise<Connection<SecurityEventType>> {
    const parameters = { accountId, selection: parseEventFilter(filter), page: parsePageArgs(page) };
    return toConnection(await securityEvents(context, parameters), toSecurityEvent);
  }
}

@Resolver()
export class AllSecurityEventsResolver {
  @Auth({ requires: 'ADMIN', accepts: ['SESSION', 'API_TOKEN'], adminScope: 'ALL_EVENTS_READ' })
  @Query(() => SecurityEventConnectionType, {
    nullable: true,
    description:
      'The security events of all accounts, newest first. Includes events without a known account, e.g. a sign-in with an unknown name.',
  })
  async securityEvents(
    @Args(() => AllSecurityEventsArgs) { filter, ...args }: AllSecurityEventsArgs,
    @Ctx() { reader }: Context,
  ): Promise<Connection<SecurityEventType>> {
    const page = parsePageArgs(args);
    const events = await findAllEvents(reader, parseAllEventsFilter(filter), page);
    return toConnection(toPage(events, page), toSecurityEvent);
  }
}

@Resolver(() => SecurityEventType)
export class SecurityEventResolver {
  @FieldResolver(() => UserType, {
    nullable: true,
    description: 'The account. Null if unknown, e.g. for a sign-in with an unknown name.',
  })
  async user(@Root() { accountId }: SecurityEventType, @Ctx() context: Context): Promise<UserType | null> {
    const account = accountId && (await accountsLoader(context).load(accountId));
    return account ? toUser(account.id, account) : null;
  }

  @FieldResolver(() => ActorType, {
    nullable: true,
    description: 'Who acted: the owner or an administrator. Null for an anonymous caller.',
  })
  async actor(@Root() { actorId }: SecurityEventType, @Ctx() context: Context): Promise<ActorType | null> {
    const account = actorId && (await accountsLoader(context).load(actorId));
    return account ? { ...account, id: toGlobalId('User', account.id) } : null;
  }
}
