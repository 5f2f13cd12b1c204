import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { PageArgs } from '../../graphql-kit/relay/page.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { filterId } from '../../rules/global-id.js';
import { clampTime } from '../../database/read/storable-time.js';
import { canonicalAddress } from '../../net/ip-address.js';
import type { AllEventsSelection } from './find-all-events.js';
import type { EventSelection } from './find-events.js';
import type { Outcome, SecurityEventType as EventType } from './security-event.entity.js';
import { OutcomeEnum, SecurityEventTypeEnum } from './security-event.type.js';

@InputType({ description: 'Filters security events. Omitted fields don’t filter.' })
export class SecurityEventFilter {
  @Field(() => DateTimeScalar, { nullable: true, description: 'Only events at or after this time.' })
  from?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Only events before this time.' })
  to?: Date | null;

  @Field(() => [SecurityEventTypeEnum], { nullable: true, description: 'Only events of these types.' })
  types?: EventType[] | null;

  @Field(() => OutcomeEnum, { nullable: true, description: 'Only events with this outcome.' })
  outcome?: Outcome | null;

  @Field(() => String, {
    nullable: true,
    description: 'Only events from this IP address (IPv4 or IPv6, in any notation).',
  })
  ip?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only events of this access token.' })
  accessTokenId?: string | null;
}

@InputType({ description: 'Filters the security events of all accounts. Omitted fields don’t filter.' })
export class AllSecurityEventsFilter extends SecurityEventFilter {
  @Field(() => ID, { nullable: true, description: 'Only events of this account.' })
  userId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only events caused by this user: the owner or an administrator.' })
  actorId?: string | null;
}

@ArgsType()
export class SecurityEventsArgs extends PageArgs {
  @Field(() => SecurityEventFilter, { nullable: true, description: 'Filters the events.' })
  filter?: SecurityEventFilter | null;
}

@ArgsType()
export class AllSecurityEventsArgs extends PageArgs {
  @Field(() => AllSecurityEventsFilter, { nullable: true, description: 'Filters the events.' })
  filter?: AllSecurityEventsFilter | null;
}

/** Replaces an invalid address in a filter, so that it matches no event. */
const NO_ADDRESS = '';

/** Parses the filter fields that all event lists share. Invalid IDs and addresses match nothing. */
export const parseEventFilter = (filter: SecurityEventFilter | null | undefined): EventSelection => ({
  from: clampTime(filter?.from),
  to: clampTime(filter?.to),
  types: filter?.types ?? null,
  outcome: filter?.outcome ?? null,
  ip: filter?.ip == null ? null : (canonicalAddress(filter.ip) ?? NO_ADDRESS),
  accessTokenId: filterId('AccessToken', filter?.accessTokenId),
});

/** Parses a filter for all accounts. Invalid IDs match nothing. */
export const parseAllEventsFilter = (filter: AllSecurityEventsFilter | null | undefined): AllEventsSelection => ({
  ...parseEventFilter(filter),
  accountId: filterId('User', filter?.userId),
  actorId: filterId('User', filter?.actorId),
});
