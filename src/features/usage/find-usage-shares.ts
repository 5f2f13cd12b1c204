import { sql } from 'kysely';
import { NIL_ID } from '../../database/connection/id.js';
import type { Db, Select } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { getTotalPeriods, selectSums, summedAmounts, type UsageSum } from './find-usage-sums.js';
import { getConditions, type UsageSelection } from './usage-filter.js';
import type { TimeSpan } from './usage-span.js';
import { planSums } from './usage-sum-plan.js';
import {
  buildSumParts,
  toSumParameters,
  type SumParameters,
  type SumScope,
  type SumVariant,
  type UsageDimension,
} from './usage-sum-sources.js';

/** The usage of one model, call key or user, or of the rest. */
export interface UsageShare extends Omit<UsageSum, 'point'> {
  /** The model, or the ID of the call key or user. Null for the rest. */
  readonly key: string | null;
  /** The account of the call key or user; null for a model, and for the rest. */
  readonly holderId: string | null;
}

/** The usage to divide into shares. */
interface ShareQuery {
  readonly selection: UsageSelection;
  readonly span: TimeSpan;
  readonly by: UsageDimension;
  /** The number of shares; the rest is one more. */
  readonly first: number;
}

/** The largest shares come first; equal ones are in the order of their names or IDs. */
const rank = sql<string>`row_number() over (partition by owner order by quota desc, requests desc, key)`;

type ShareParameters = SumParameters & { readonly first: number };

function createStatement(variant: SumVariant): Select<ShareParameters, UsageShare> {
  const build = (db: Db, parameters: ShareParameters) => {
    const sums = db
      .selectFrom(sql`(${buildSumParts(variant, parameters)})`.as<'parts'>(sql`parts`))
      .groupBy([sql`1`, sql`2`, sql`3`] as never)
      .having(sql<boolean>`sum(sign * requests) <> 0`)
      .select([
        sql<string>`owner`.as('owner'),
        sql<string>`key`.as('key'),
        sql<string | null>`holder`.as('holder'),
        ...summedAmounts,
      ]);
    const isShown = sql<boolean>`rank <= ${parameters.first}::int`;
    return db
      .selectFrom(db.selectFrom(sums.as('sums')).selectAll().select(rank.as('rank')).as('ranked'))
      .groupBy([sql`1`, sql`2`, sql`3`] as never)
      .orderBy(sql`min(rank)`)
      .select([
        sql<string>`owner`.as('accountId'),
        sql<string | null>`case when ${isShown} then key end`.as('key'),
        sql<string | null>`case when ${isShown} then holder end`.as('holderId'),
        sql<bigint>`sum(requests)::bigint`.as('requests'),
        sql<bigint>`sum(errors)::bigint`.as('errors'),
        sql<bigint>`sum("promptTokens")::bigint`.as('promptTokens'),
        sql<bigint>`sum("completionTokens")::bigint`.as('completionTokens'),
        sql<bigint>`sum(quota)::bigint`.as('quota'),
      ]);
  };
  const { by, source } = variant;
  return selectSums(variant, `usage_shares_by_${by?.toLowerCase()}_and_${source.toLowerCase()}`, build);
}

const statements = new Map<string, Select<ShareParameters, UsageShare>>();

/** The totals of all accounts together have models, but no keys and accounts. */
function getScope(accountIds: readonly string[] | null, { selection, by }: ShareQuery): SumScope {
  if (accountIds) return 'accounts';
  if (selection.callKeyId !== null) return 'callKey';
  return by === 'MODEL' ? 'allAccounts' : 'eachAccount';
}

/**
 * Finds the largest shares of usage and the rest, in one statement for any number of accounts. The shares of an account
 * add up to its sum.
 */
export function findUsageShares(
  { reader }: Pick<RuleContext, 'reader'>,
  accountIds: readonly string[] | null,
  query: ShareQuery,
): Promise<readonly UsageShare[]> {
  const { selection, span, by, first } = query;
  const scope = getScope(accountIds, query);
  const plan = planSums([span.from, span.to], getTotalPeriods(scope, { selection, interval: null }));
  const variant: SumVariant = { scope, source: plan.source, by, conditions: getConditions(selection) };
  const name = JSON.stringify(variant);
  const statement = statements.get(name) ?? createStatement(variant);
  statements.set(name, statement);
  const accounts = (accountIds ?? []).filter((id) => id !== NIL_ID);
  return statement(reader, { ...selection, accountIds: accounts, ...toSumParameters(plan), first });
}
