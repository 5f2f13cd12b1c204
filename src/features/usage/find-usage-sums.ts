import { sql, type Compilable } from 'kysely';
import type { CalendarUnit } from '../../calendar-period.js';
import { NIL_ID } from '../../database/connection/id.js';
import { selectAdHoc, selectSlow, type Db, type Select } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { getConditions, type UsageSelection } from './usage-filter.js';
import { planSums } from './usage-sum-plan.js';
import {
  buildSumParts,
  toSumParameters,
  type SumParameters,
  type SumScope,
  type SumVariant,
} from './usage-sum-sources.js';
import type { Period } from './usage-total.entity.js';

/** The usage of one account or of all accounts, in one period of a series or in total. */
export interface UsageSum {
  /** The nil UUID for all accounts. */
  readonly accountId: string;
  /** The index of the period; 0 for a single sum. */
  readonly point: number;
  readonly requests: bigint;
  readonly errors: bigint;
  readonly promptTokens: bigint;
  readonly completionTokens: bigint;
  readonly quota: bigint;
}

/** The usage to sum, and the times between which to sum it. */
interface SumQuery {
  readonly selection: UsageSelection;
  /** In ascending order; one more than there are sums. */
  readonly bounds: readonly Date[];
  /** The usual length of a sum; null for a single one. */
  readonly interval: CalendarUnit | null;
}

/**
 * The totals that sums can use, shortest first: all accounts have totals per hour and day, one account per day. A total
 * must not be longer than a sum, and totals don't contain request IDs.
 */
export function getTotalPeriods(
  scope: SumScope,
  { selection, interval }: Pick<SumQuery, 'selection' | 'interval'>,
): Period[] {
  if (selection.requestId !== null) return [];
  const periods: Period[] = scope === 'allAccounts' ? ['HOUR', 'DAY'] : ['DAY'];
  return interval === 'HOUR' ? periods.filter((period) => period === 'HOUR') : periods;
}

/** The amounts of a group of parts. */
export const summedAmounts = [
  sql<bigint>`sum(sign * requests)::bigint`.as('requests'),
  sql<bigint>`sum(sign * errors)::bigint`.as('errors'),
  sql<bigint>`sum(sign * prompt_tokens)::bigint`.as('promptTokens'),
  sql<bigint>`sum(sign * completion_tokens)::bigint`.as('completionTokens'),
  sql<bigint>`sum(sign * quota)::bigint`.as('quota'),
] as const;

/** For some accounts without a filter, one plan serves all; other plans depend on how often a value occurs. */
export const selectSums = <Arguments extends object, Row extends object>(
  { scope, conditions }: SumVariant,
  name: string,
  build: (db: Db, values: Arguments) => Compilable<Row>,
): Select<Arguments, Row> =>
  scope === 'accounts' && conditions.length === 0 ? selectSlow(name, build) : selectAdHoc(build);

function createStatement(variant: SumVariant): Select<SumParameters, UsageSum> {
  const build = (db: Db, parameters: SumParameters) =>
    db
      .selectFrom(sql`(${buildSumParts(variant, parameters)})`.as<'parts'>(sql`parts`))
      .groupBy([sql`1`, sql`2`] as never)
      .select([sql<string>`owner`.as('accountId'), sql<number>`point`.as('point'), ...summedAmounts]);
  return selectSums(variant, `usage_sums_by_${variant.source.toLowerCase()}`, build);
}

const statements = new Map<string, Select<SumParameters, UsageSum>>();

/**
 * Sums usage in one statement for any number of accounts; accounts without usage have no sum. It runs in a separate
 * pool, because a year of heavy usage has thousands of totals.
 */
export function findUsageSums(
  { reader }: Pick<RuleContext, 'reader'>,
  accountIds: readonly string[] | null,
  query: SumQuery,
): Promise<readonly UsageSum[]> {
  const { selection, bounds } = query;
  const scope = accountIds ? 'accounts' : selection.callKeyId === null ? 'allAccounts' : 'callKey';
  const plan = planSums(bounds, getTotalPeriods(scope, query));
  const variant: SumVariant = { scope, source: plan.source, by: null, conditions: getConditions(selection) };
  const name = JSON.stringify(variant);
  const statement = statements.get(name) ?? createStatement(variant);
  statements.set(name, statement);
  // The totals of all accounts use the nil UUID, so asking for an account with that ID must return nothing.
  const accounts = (accountIds ?? []).filter((id) => id !== NIL_ID);
  return statement(reader, { ...selection, accountIds: accounts, ...toSumParameters(plan) });
}
