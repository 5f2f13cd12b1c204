import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { PageArgs } from '../../graphql-kit/relay/page.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { filterId } from '../../graphql-kit/relay/global-id.js';
import { toStorableTime } from '../../graphql-kit/scalars/storable-time.js';
import { canonicalAddress } from '../../net/ip-address.js';
import type { AllEventsSelection } from './find-all-events.js';
import type { EventSelection } from './find-events.js';
import type { Outcome, SecurityEventType as EventType } from './security-event.entity.js';
import { OutcomeEnum, SecurityEventTypeEnum } from './security-event.type.js';

@InputType({ description: 'Which events; what is not given limits nothing.' })
export class SecurityEventFilter {
  @Field(() => DateTimeScalar, { nullable: true, description: 'From this moment on.' })
  from?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Before this moment.' })
  to?: Date | null;

  @Field(() => [SecurityEventTypeEnum], { nullable: true, description: 'Of these types.' })
  types?: EventType[] | null;

  @Field(() => OutcomeEnum, { nullable: true, description: 'With this outcome.' })
  outcome?: Outcome | null;
}

@InputType({ description: 'Which events of everybody; what is not given limits nothing.' })
export class AllSecurityEventsFilter extends SecurityEventFilter {
  @Field(() => ID, { nullable: true, description: 'Of this person’s account.' })
  userId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Done by this person: themselves, or an administrator.' })
  actorId?: string | null;

  @Field(() => String, { nullable: true, description: 'From this address, IPv4 or IPv6, in any way of writing it.' })
  ip?: string | null;
}

@ArgsType()
export class SecurityEventsArgs extends PageArgs {
  @Field(() => SecurityEventFilter, { nullable: true, description: 'Which events.' })
  filter?: SecurityEventFilter | null;
}

@ArgsType()
export class AllSecurityEventsArgs extends PageArgs {
  @Field(() => AllSecurityEventsFilter, { nullable: true, description: 'Which events.' })
  filter?: AllSecurityEventsFilter | null;
}

/** Reads the part of a filter that every list of events has. */
export const readEventFilter = (filter: SecurityEventFilter | null | undefined): EventSelection => ({
  from: toStorableTime(filter?.from),
  to: toStorableTime(filter?.to),
  types: filter?.types ?? null,
  outcome: filter?.outcome ?? null,
});

/** What no event bears, for an address that is none. */
const NO_ADDRESS = '';

/** Reads a filter of everybody's events; an id or address that names nothing is one that no event has. */
export const readAllEventsFilter = (filter: AllSecurityEventsFilter | null | undefined): AllEventsSelection => ({
  ...readEventFilter(filter),
  accountId: filterId('User', filter?.userId),
  actorId: filterId('User', filter?.actorId),
  ip: filter?.ip == null ? null : (canonicalAddress(filter.ip) ?? NO_ADDRESS),
});
