import { sql } from 'kysely';
import { NIL_ID } from '../../database/connection/id.js';
import { question, type Db, type Select } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { conditionsOf, type Condition, type UsageSelection } from './usage-filter.js';
import { divide, type Span } from './usage-span.js';
import { boundsOf, rowsToSum, type SumOwner, type SumParameters } from './usage-sum-parts.js';
import type { Period } from './usage-total.entity.js';

/** What usage comes to: of one account or of everybody, in one period of a series or altogether. */
export interface UsageSum {
  /** The nil UUID for everybody. */
  readonly accountId: string;
  /** When the period begins; null without one. */
  readonly at: Date | null;
  readonly requests: bigint;
  readonly errors: bigint;
  readonly promptTokens: bigint;
  readonly completionTokens: bigint;
  readonly quota: bigint;
}

/** Which usage is summed, of what time, and by which periods. */
interface SumQuestion {
  readonly selection: UsageSelection;
  readonly span: Span;
  /** The period of each sum; null for one sum. */
  readonly interval: Period | null;
}

/**
 * The totals that serve a sum: those of everybody are of hours and days, those of a person of days. No period of a
 * series may be shorter than its total, and no total knows a request.
 */
function periodsFor(owner: SumOwner, { selection, interval }: SumQuestion): Period[] {
  if (selection.requestId !== null) return [];
  const periods: Period[] = owner === 'allAccounts' ? ['DAY', 'HOUR'] : ['DAY'];
  return interval === 'HOUR' ? periods.filter((period) => period === 'HOUR') : periods;
}

const sums =
  (owner: SumOwner, names: readonly Condition[], interval: Period | null) => (db: Db, wanted: SumParameters) => {
    const account = owner === 'accounts' ? sql<string>`account_id` : sql<string>`${NIL_ID}::uuid`;
    const at =
      interval === null
        ? sql<Date | null>`null::timestamptz`
        : sql<Date | null>`date_trunc(${interval}::text, at, 'UTC')`;
    return db
      .selectFrom(sql`(${rowsToSum(owner, names, wanted)})`.as<'used'>(sql`used`))
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
 * What usage comes to, in one statement whatever the number of accounts; where there is none, there is no sum. A year
 * of much usage is thousands of totals, for which no other read waits.
 */
export function findUsageSums(
  { reader }: Pick<RuleContext, 'reader'>,
  accountIds: readonly string[] | null,
  asked: SumQuestion,
): Promise<readonly UsageSum[]> {
  const { selection, span, interval } = asked;
  const names = conditionsOf(selection);
  const owner = accountIds ? 'accounts' : selection.callKeyId === null ? 'allAccounts' : 'callKey';
  const name = ['usage_sums', owner, interval ?? 'all', ...names].join('_');
  const statement = statements.get(name) ?? question<SumParameters, UsageSum>(sums(owner, names, interval));
  statements.set(name, statement);
  // Everybody's totals are under the nil UUID: whoever asks for an account of that id gets nothing.
  const accounts = (accountIds ?? []).filter((id) => id !== NIL_ID);
  const bounds = boundsOf(divide(span, periodsFor(owner, asked)));
  return statement(reader, { ...selection, accountIds: accounts, ...bounds });
}
