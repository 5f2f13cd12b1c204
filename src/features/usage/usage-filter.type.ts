import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { filterId } from '../../rules/global-id.js';
import { PageArgs } from '../../graphql-kit/relay/page.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { clampTime } from '../../database/read/storable-time.js';
import type { UsageSelection } from './usage-filter.js';
import type { UsageType } from './usage-log.entity.js';
import { UsageTypeEnum } from './usage-log.type.js';

@InputType({ description: 'Filters usage. Omitted fields don’t filter.' })
export class UsageLogFilter {
  @Field(() => DateTimeScalar, { nullable: true, description: 'Only calls at or after this time.' })
  from?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Only calls before this time.' })
  to?: Date | null;

  @Field(() => UsageTypeEnum, { nullable: true, description: 'Only calls of this type.' })
  type?: UsageType | null;

  @Field(() => ID, { nullable: true, description: 'Only calls with this call key, which may be deleted.' })
  callKeyId?: string | null;

  @Field(() => String, { nullable: true, description: 'Only calls of this model (exact name).' })
  model?: string | null;

  @Field(() => String, { nullable: true, description: 'Only calls with this request ID.' })
  requestId?: string | null;
}

@InputType({ description: 'Filters the usage of all accounts. Omitted fields don’t filter.' })
export class AllUsageLogsFilter extends UsageLogFilter {
  @Field(() => ID, { nullable: true, description: 'Only calls of this user.' })
  userId?: string | null;
}

@ArgsType()
export class UsageLogsArgs extends PageArgs {
  @Field(() => UsageLogFilter, { nullable: true, description: 'Filters the logs.' })
  filter?: UsageLogFilter | null;
}

@ArgsType()
export class AllUsageLogsArgs extends PageArgs {
  @Field(() => AllUsageLogsFilter, { nullable: true, description: 'Filters the logs.' })
  filter?: AllUsageLogsFilter | null;
}

/** A filter and the account it applies to. */
export interface SelectedUsage {
  /** Null for all accounts. */
  readonly accountId: string | null;
  readonly selection: UsageSelection;
}

/** Parses a filter. Text that the database would reject matches nothing. */
export const parseUsageFilter = (filter: UsageLogFilter | null | undefined): UsageSelection => ({
  from: clampTime(filter?.from),
  to: clampTime(filter?.to),
  type: filter?.type ?? null,
  callKeyId: filterId('CallKey', filter?.callKeyId),
  model: filter?.model?.replaceAll('\0', '\uFFFD') ?? null,
  requestId: filter?.requestId?.replaceAll('\0', '\uFFFD') ?? null,
});

/** Parses a filter for all accounts. */
export const parseAllUsageFilter = (filter: AllUsageLogsFilter | null | undefined): SelectedUsage => ({
  accountId: filterId('User', filter?.userId),
  selection: parseUsageFilter(filter),
});
