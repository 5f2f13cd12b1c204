import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { filterId } from '../../graphql-kit/relay/global-id.js';
import { PageArgs } from '../../graphql-kit/relay/page.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { toStorableTime } from '../../graphql-kit/scalars/storable-time.js';
import type { UsageSelection } from './usage-filter.js';
import type { UsageType } from './usage-log.entity.js';
import { UsageTypeEnum } from './usage-log.type.js';

@InputType({ description: 'Which usage; what is not given limits nothing.' })
export class UsageLogFilter {
  @Field(() => DateTimeScalar, { nullable: true, description: 'From this moment on.' })
  from?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Before this moment.' })
  to?: Date | null;

  @Field(() => UsageTypeEnum, { nullable: true, description: 'Of this type.' })
  type?: UsageType | null;

  @Field(() => ID, { nullable: true, description: 'Made with this call key, be it there or deleted.' })
  callKeyId?: string | null;

  @Field(() => String, { nullable: true, description: 'Of this model.' })
  model?: string | null;

  @Field(() => String, { nullable: true, description: 'Of this request.' })
  requestId?: string | null;
}

@InputType({ description: 'Which usage of everybody; what is not given limits nothing.' })
export class AllUsageLogsFilter extends UsageLogFilter {
  @Field(() => ID, { nullable: true, description: 'Of this person.' })
  userId?: string | null;
}

@ArgsType()
export class UsageLogsArgs extends PageArgs {
  @Field(() => UsageLogFilter, { nullable: true, description: 'Which logs.' })
  filter?: UsageLogFilter | null;
}

@ArgsType()
export class AllUsageLogsArgs extends PageArgs {
  @Field(() => AllUsageLogsFilter, { nullable: true, description: 'Which logs.' })
  filter?: AllUsageLogsFilter | null;
}

/** Whose usage is wanted, and which of it. */
export interface SelectedUsage {
  /** Null for everybody's. */
  readonly accountId: string | null;
  readonly selection: UsageSelection;
}

/** Reads a filter. A text that no log can hold finds nothing, and is no fault of the database. */
export const readUsageFilter = (filter: UsageLogFilter | null | undefined): UsageSelection => ({
  from: toStorableTime(filter?.from),
  to: toStorableTime(filter?.to),
  type: filter?.type ?? null,
  callKeyId: filterId('CallKey', filter?.callKeyId),
  model: filter?.model?.replaceAll('\0', '\uFFFD') ?? null,
  requestId: filter?.requestId?.replaceAll('\0', '\uFFFD') ?? null,
});

/** Reads a filter of administrators. */
export const readAllUsageFilter = (filter: AllUsageLogsFilter | null | undefined): SelectedUsage => ({
  accountId: filterId('User', filter?.userId),
  selection: readUsageFilter(filter),
});
