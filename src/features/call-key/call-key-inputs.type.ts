import { Field, ID, InputType, Int } from 'type-graphql';
import { BigIntScalar } from '../../graphql-kit/scalars/big-int.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import type { QuotaPeriod } from './call-key.entity.js';
import { QuotaPeriodEnum } from './call-key.type.js';

const CallKeySwitchEnum = graphqlEnum<'ACTIVE' | 'DISABLED'>(
  'CallKeySwitch',
  'The statuses that an owner can set on a call key.',
  { ACTIVE: 'The call key is enabled.', DISABLED: 'The call key is disabled.' },
);

@InputType({ description: 'Input of createCallKey.' })
export class CreateCallKeyInput {
  @Field(() => String, { description: 'The name of the call key, 1 to 64 characters.' })
  name!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the call key expires. If omitted, it never expires.',
  })
  expiresAt?: Date | null;

  @Field(() => [String], {
    defaultValue: [],
    description: 'The models the key may call. Empty allows all. If set, calls that name no model are rejected.',
  })
  models!: string[];

  @Field(() => [String], {
    defaultValue: [],
    description: 'The IP addresses or CIDR ranges the key may be used from. Empty allows any.',
  })
  allowedIps!: string[];

  @Field(() => BigIntScalar, { nullable: true, description: 'The quota the key may use. If omitted, it is unlimited.' })
  quota?: bigint | null;

  @Field(() => QuotaPeriodEnum, {
    nullable: true,
    description: 'How often `periodQuota` renews. Both are given, or neither.',
  })
  period?: QuotaPeriod | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'The quota of each period, beside the total quota. 0 allows no call.',
  })
  periodQuota?: bigint | null;

  @Field(() => String, {
    defaultValue: 'UTC',
    description: 'The IANA time zone whose midnight starts each period, such as Europe/Berlin.',
  })
  periodTimeZone!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The requests per minute that the gateway allows, 1 or more. If omitted, they are unlimited.',
  })
  requestsPerMinuteLimit?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The tokens per minute that the gateway allows, 1 or more. If omitted, they are unlimited.',
  })
  tokensPerMinuteLimit?: number | null;
}

@InputType({ description: 'Input of updateCallKey. Only the given fields change; null clears a field.' })
export class UpdateCallKeyInput {
  @Field(() => ID, { description: 'The ID of the call key.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'The name of the call key, 1 to 64 characters.' })
  name?: string | null;

  @Field(() => CallKeySwitchEnum, { nullable: true, description: 'Enables or disables the call key.' })
  status?: 'ACTIVE' | 'DISABLED' | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the call key expires. Null means never.' })
  expiresAt?: Date | null;

  @Field(() => [String], { nullable: true, description: 'The models the key may call. Empty or null allows all.' })
  models?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'The IP addresses or CIDR ranges the key may be used from. Empty or null allows any.',
  })
  allowedIps?: string[] | null;

  @Field(() => BigIntScalar, { nullable: true, description: 'The quota left from now on. Null means unlimited.' })
  quotaLeft?: bigint | null;

  @Field(() => QuotaPeriodEnum, {
    nullable: true,
    description: 'How often `periodQuota` renews. Null removes the period quota.',
  })
  period?: QuotaPeriod | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'The quota of each period. A key with a period needs one; 0 allows no call.',
  })
  periodQuota?: bigint | null;

  @Field(() => String, {
    nullable: true,
    description: 'The IANA time zone whose midnight starts each period. By default the key keeps its own, or UTC.',
  })
  periodTimeZone?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The requests per minute that the gateway allows, 1 or more. Null means unlimited.',
  })
  requestsPerMinuteLimit?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The tokens per minute that the gateway allows, 1 or more. Null means unlimited.',
  })
  tokensPerMinuteLimit?: number | null;
}

@InputType({ description: 'Input of rotateCallKey.' })
export class RotateCallKeyInput {
  @Field(() => ID, { description: 'The ID of the call key.' })
  id!: string;

  @Field(() => Int, { defaultValue: 0, description: 'How many hours the old secret keeps working, 0 to 168.' })
  graceHours!: number;
}

@InputType({ description: 'Input of endCallKeyGrace.' })
export class EndCallKeyGraceInput {
  @Field(() => ID, { description: 'The ID of the call key.' })
  id!: string;
}

@InputType({ description: 'Input of deleteCallKeys.' })
export class DeleteCallKeysInput {
  @Field(() => [ID], { description: 'The IDs of the call keys.' })
  ids!: string[];
}
