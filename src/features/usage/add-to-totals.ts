import { sql } from 'kysely';
import type { EntityManager } from '../../database/connection/database.js';
import { NIL_ID } from '../../database/connection/id.js';
import { toArrays } from '../../database/read/to-arrays.js';
import type { NewUsageLog } from './insert-usage-logs.js';
import { startOf } from './usage-span.js';
import type { Period } from './usage-total.entity.js';

/** What calls come to that have all but their amounts in common. */
interface Addition {
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

/** The columns of a total, in the order in which the statement inserts them. */
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
 * Adds calls that were just recorded to the totals of their days, and of the hours and days of everybody, in one
 * statement, which locks the totals in one order. The totals of everybody are what all batches have in common: they
 * come last, and this statement is the last of its transaction, so that they are held no longer than it takes to
 * commit.
 */
export async function addToTotals(em: EntityManager, logs: readonly NewUsageLog[]): Promise<void> {
  await sql`
    insert into usage_totals as total (account_id, period, at, call_key_id, model, type, requests, prompt_tokens, completion_tokens, quota)
    select * from unnest(${toArrays(additionsOf(logs), columns)})
    order by 1 desc, 2, 3, 4, 5, 6
    on conflict (account_id, period, at, call_key_id, model, type) do update set
      requests = total.requests + excluded.requests, prompt_tokens = total.prompt_tokens + excluded.prompt_tokens,
      completion_tokens = total.completion_tokens + excluded.completion_tokens, quota = total.quota + excluded.quota`.execute(
    em.getKysely(),
  );
}

function additionsOf(logs: readonly NewUsageLog[]): Addition[] {
  const hours = addUp(
    logs.map(({ accountId, callKeyId, at, model, type, promptTokens, completionTokens, quota }) => ({
      accountId,
      period: 'HOUR',
      at: startOf('HOUR', at),
      callKeyId,
      model,
      type,
      requests: 1,
      promptTokens,
      completionTokens,
      quota,
    })),
  );
  return addUp(
    hours.flatMap((hour) => {
      const day: Addition = { ...hour, period: 'DAY', at: startOf('DAY', hour.at) };
      return [day, forAllAccounts(day), forAllAccounts(hour)];
    }),
  );
}

const forAllAccounts = (addition: Addition): Addition => ({ ...addition, accountId: NIL_ID, callKeyId: NIL_ID });

/** Adds up additions that have all but their amounts in common. */
function addUp(additions: readonly Addition[]): Addition[] {
  const sums = new Map<string, Addition>();
  for (const addition of additions) {
    const { accountId, callKeyId, period, at, type, model } = addition;
    // The model stands last: it alone may have spaces in it.
    const name = `${accountId} ${callKeyId} ${period} ${at.getTime()} ${type} ${model}`;
    const sum = sums.get(name);
    if (!sum) {
      sums.set(name, { ...addition });
      continue;
    }
    sum.requests += addition.requests;
    sum.promptTokens += addition.promptTokens;
    sum.completionTokens += addition.completionTokens;
    sum.quota += addition.quota;
  }
  return [...sums.values()];
}
