import { Args, Ctx, Query, Resolver } from 'type-graphql';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { cutPage, readPage, toConnection } from '../../graphql-kit/relay/connection.js';
import type { Context } from '../../graphql-kit/context.js';
import { findAllEvents } from './find-all-events.js';
import { AllSecurityEventsArguments, readAllEventsChoice } from './security-event-filter.type.js';
import { SecurityEventConnectionType, toSecurityEvent } from './security-event.type.js';

@Resolver()
export class AllSecurityEventsResolver {
  @Auth({ requires: 'ADMIN' })
  @Query(() => SecurityEventConnectionType, {
    nullable: true,
    description:
      'What happened to the security of everybody’s accounts, the newest first, also where no account is known, as at a sign-in with an unknown name.',
  })
  async securityEvents(
    @Args(() => AllSecurityEventsArguments) { filter, ...page }: AllSecurityEventsArguments,
    @Ctx() { reader }: Context,
  ): Promise<SecurityEventConnectionType> {
    const wish = readPage(page);
    const found = await findAllEvents(reader, readAllEventsChoice(filter ?? {}), wish);
    return toConnection(cutPage(found, wish), toSecurityEvent);
  }
}
