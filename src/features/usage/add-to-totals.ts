import { sql } from 'kysely';
import type { EntityManager } from '../../database/connection/database.js';
import { NIL_ID } from '../../database/connection/id.js';
import { toArrays } from '../../database/read/to-arrays.js';
import type { NewUsageLog } from './insert-usage-logs.js';
import { startOfPeriod } from './usage-span.js';
import type { Period } from './usage-total.entity.js';

/** The sum of calls that differ only in their amounts. */
interface TotalIncrement {
  readonly accountId: string;
  readonly period: Period;
  readonly at: Date;
  readonly callKeyId: string;
  readonly model: string;
  readonly type: string;
  requests: number;
  promptTokens: number;
  completionTokens: number;
  quota: bigint;
}

/** The columns of a total, in the order of the insert statement. */
const columns = {
  accountId: 'uuid',
  period: 'text',
  at: 'timestamptz',
  callKeyId: 'uuid',
  model: 'text',
  type: 'text',
  requests: 'bigint',
  promptTokens: 'bigint',
  completionTokens: 'bigint',
  quota: 'bigint',
} as const;

/**
 * Adds recorded calls to the totals of their account and of all accounts, in one statement that locks the rows in a
 * fixed order. The rows of all accounts are locked last and by the last statement of the transaction, because every
 * batch needs them.
 */
export async function addToTotals(em: EntityManager, logs: readonly NewUsageLog[]): Promise<void> {
  await sql`
    insert into usage_totals as total (account_id, period, at, call_key_id, model, type, requests, prompt_tokens, completion_tokens, quota)
    select * from unnest(${toArrays(toIncrements(logs), columns)})
    order by 1 desc, 2, 3, 4, 5, 6
    on conflict (account_id, period, at, call_key_id, model, type) do update set
      requests = total.requests + excluded.requests, prompt_tokens = total.prompt_tokens + excluded.prompt_tokens,
      completion_tokens = total.completion_tokens + excluded.completion_tokens, quota = total.quota + excluded.quota`.execute(
    em.getKysely(),
  );
}

function toIncrements(logs: readonly NewUsageLog[]): TotalIncrement[] {
  const hours = aggregate(
    logs.map(({ accountId, callKeyId, at, model, type, promptTokens, completionTokens, quota }) => ({
      accountId,
      period: 'HOUR',
      at: startOfPeriod('HOUR', at),
      callKeyId,
      model,
      type,
      requests: 1,
      promptTokens,
      completionTokens,
      quota,
    })),
  );
  return aggregate(
    hours.flatMap((hour) => {
      const day: TotalIncrement = { ...hour, period: 'DAY', at: startOfPeriod('DAY', hour.at) };
      return [day, forAllAccounts(day), forAllAccounts(hour)];
    }),
  );
}

const forAllAccounts = (increment: TotalIncrement): TotalIncrement => ({
  ...increment,
  accountId: NIL_ID,
  callKeyId: NIL_ID,
});

/** Sums increments that differ only in their amounts. */
function aggregate(increments: readonly TotalIncrement[]): TotalIncrement[] {
  const sums = new Map<string, TotalIncrement>();
  for (const increment of increments) {
    const { accountId, callKeyId, period, at, type, model } = increment;
    // The model comes last, because only it can contain spaces.
    const name = `${accountId} ${callKeyId} ${period} ${at.getTime()} ${type} ${model}`;
    const sum = sums.get(name);
    if (!sum) {
      sums.set(name, { ...increment });
      continue;
    }
    sum.requests += increment.requests;
    sum.promptTokens += increment.promptTokens;
    sum.completionTokens += increment.completionTokens;
    sum.quota += increment.quota;
  }
  return [...sums.values()];
}
