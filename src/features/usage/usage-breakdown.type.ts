import { ArgsType, Field, Int, ObjectType } from 'type-graphql';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import { badUserInput } from '../../graphql-kit/errors.js';
import { BigIntScalar } from '../../graphql-kit/scalars/big-int.js';
import type { UsageShare } from './find-usage-shares.js';
import { AllUsageLogsFilter, UsageLogFilter } from './usage-filter.type.js';
import type { UsageDimension } from './usage-sum-sources.js';

const UsageDimensionEnum = graphqlEnum<UsageDimension>('UsageDimension', 'What usage is divided by.', {
  MODEL: 'The model.',
  CALL_KEY: 'The call key.',
  USER: 'The owner of the call key.',
});

const MAXIMUM_SHARES = 100;
const FIRST_DESCRIPTION = `The number of shares, 1 to ${MAXIMUM_SHARES}. The rest is one more.`;

@ArgsType()
export class UsageBreakdownArgs {
  @Field(() => UsageLogFilter, { nullable: true, description: 'Filters the usage.' })
  filter?: UsageLogFilter | null;

  @Field(() => UsageDimensionEnum, { description: 'What each share is of.' })
  by!: UsageDimension;

  @Field(() => Int, { defaultValue: 10, description: FIRST_DESCRIPTION })
  first!: number;
}

@ArgsType()
export class AllUsageBreakdownArgs {
  @Field(() => AllUsageLogsFilter, { nullable: true, description: 'Filters the usage.' })
  filter?: AllUsageLogsFilter | null;

  @Field(() => UsageDimensionEnum, { description: 'What each share is of.' })
  by!: UsageDimension;

  @Field(() => Int, { defaultValue: 10, description: FIRST_DESCRIPTION })
  first!: number;
}

@ObjectType('UsageShare', {
  description: 'The usage of a model, a call key or a user, or the rest.',
  simpleResolvers: true,
})
export class UsageShareType {
  /** Whose usage it is, checked by `@auth(orSelf: true)`; no field exposes it. */
  accountId!: string | null;

  /** The account of the call key or user; null for a model, and for the rest. */
  holderId!: string | null;

  /** The model, or the ID of the call key or user; resolved by fields. */
  key!: string | null;

  /** What the key is. */
  by!: UsageDimension;

  @Field(() => BigIntScalar, { description: 'The number of calls, including failed ones.' })
  requests!: bigint;

  @Field(() => BigIntScalar, { description: 'The number of failed calls.' })
  errors!: bigint;

  @Field(() => BigIntScalar, { description: 'The number of prompt and completion tokens.' })
  tokens!: bigint;

  @Field(() => BigIntScalar, { description: 'The quota charged.' })
  quota!: bigint;
}

/**
 * Checks the number of shares.
 *
 * @throws {GraphQLError} BAD_USER_INPUT unless it is from 1 to 100
 */
export function parseShareCount(first: number): number {
  if (first < 1 || first > MAXIMUM_SHARES) throw badUserInput(`first must be from 1 to ${MAXIMUM_SHARES}.`);
  return first;
}

/**
 * Maps a share to a `UsageShare`.
 *
 * @param ownerId whose usage is divided; null for that of all accounts
 */
export const toUsageShare = (
  { key, holderId, requests, errors, promptTokens, completionTokens, quota }: UsageShare,
  by: UsageDimension,
  ownerId: string | null,
): UsageShareType => ({
  accountId: ownerId ?? holderId,
  holderId,
  key,
  by,
  requests,
  errors,
  tokens: promptTokens + completionTokens,
  quota,
});
