import { sql } from 'kysely';
import { NIL_ID } from '../../database/connection/id.js';
import { selectAdHoc, type Db, type Select } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { getConditions, type Condition, type UsageSelection } from './usage-filter.js';
import { splitTimeSpan, type TimeSpan } from './usage-span.js';
import { getBounds, buildParts, type SumScope, type SumParameters } from './usage-sum-parts.js';
import type { Period } from './usage-total.entity.js';

/** The usage of one account or of all accounts, in one period of a series or in total. */
export interface UsageSum {
  /** The nil UUID for all accounts. */
  readonly accountId: string;
  /** The start of the period; null for a single sum. */
  readonly at: Date | null;
  readonly requests: bigint;
  readonly errors: bigint;
  readonly promptTokens: bigint;
  readonly completionTokens: bigint;
  readonly quota: bigint;
}

/** The usage to sum, its time span, and the periods to sum by. */
interface SumQuery {
  readonly selection: UsageSelection;
  readonly span: TimeSpan;
  /** The period of each sum; null for a single sum. */
  readonly interval: Period | null;
}

/**
 * The periods of totals that a sum can use: all accounts have totals per hour and day, one account per day. A total
 * must not be longer than the periods of the series, and totals don't contain request IDs.
 */
function getTotalPeriods(scope: SumScope, { selection, interval }: SumQuery): Period[] {
  if (selection.requestId !== null) return [];
  const periods: Period[] = scope === 'allAccounts' ? ['DAY', 'HOUR'] : ['DAY'];
  return interval === 'HOUR' ? periods.filter((period) => period === 'HOUR') : periods;
}

const buildSumQuery =
  (scope: SumScope, names: readonly Condition[], interval: Period | null) => (db: Db, parameters: SumParameters) => {
    const account = scope === 'accounts' ? sql<string>`account_id` : sql<string>`${NIL_ID}::uuid`;
    const at =
      interval === null
        ? sql<Date | null>`null::timestamptz`
        : sql<Date | null>`date_trunc(${interval}::text, at, 'UTC')`;
    return db
      .selectFrom(sql`(${buildParts(scope, names, parameters)})`.as<'used'>(sql`used`))
      .groupBy([sql`1`, sql`2`] as never)
      .select([
        account.as('accountId'),
        at.as('at'),
        sql<bigint>`sum(requests)::bigint`.as('requests'),
        sql<bigint>`coalesce(sum(requests) filter (where type = 'ERROR'), 0)::bigint`.as('errors'),
        sql<bigint>`sum(prompt_tokens)::bigint`.as('promptTokens'),
        sql<bigint>`sum(completion_tokens)::bigint`.as('completionTokens'),
        sql<bigint>`sum(quota)::bigint`.as('quota'),
      ]);
  };

const statements = new Map<string, Select<SumParameters, UsageSum>>();

/**
 * Sums usage in one statement for any number of accounts; accounts without usage have no sum. It runs in the ad-hoc
 * pool, because a year of heavy usage has thousands of totals.
 */
export function findUsageSums(
  { reader }: Pick<RuleContext, 'reader'>,
  accountIds: readonly string[] | null,
  query: SumQuery,
): Promise<readonly UsageSum[]> {
  const { selection, span, interval } = query;
  const names = getConditions(selection);
  const scope = accountIds ? 'accounts' : selection.callKeyId === null ? 'allAccounts' : 'callKey';
  const name = ['usage_sums', scope, interval ?? 'all', ...names].join('_');
  const statement = statements.get(name) ?? selectAdHoc<SumParameters, UsageSum>(buildSumQuery(scope, names, interval));
  statements.set(name, statement);
  // The totals of all accounts use the nil UUID, so asking for an account with that ID must return nothing.
  const accounts = (accountIds ?? []).filter((id) => id !== NIL_ID);
  const bounds = getBounds(splitTimeSpan(span, getTotalPeriods(scope, query)));
  return statement(reader, { ...selection, accountIds: accounts, ...bounds });
}
