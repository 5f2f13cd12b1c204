import { sql } from 'kysely';
import type { EntityManager } from '../database/database.js';
import { NIL_ID } from '../database/id.js';
import { jsonRows } from '../database/json-rows.js';
import type { NewUsageLog } from './insert-usage-logs.js';
import { beginOf } from './period.js';
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

/**
 * Adds calls that were just recorded to the totals of their days, and of the hours and days of everybody, in one
 * statement, which locks the totals in one order. The totals of everybody are what all batches have in common: they come
 * last, and this statement is the last of its transaction, so that they are held no longer than it takes to commit.
 */
export async function addToTotals(em: EntityManager, logs: readonly NewUsageLog[]): Promise<void> {
  await sql`
    insert into usage_totals as total (account_id, period, at, call_key_id, model, type, requests, prompt_tokens, completion_tokens, quota)
    select "accountId", period, at, "callKeyId", model, type, requests, "promptTokens", "completionTokens", quota
    from json_to_recordset(${jsonRows(additionsOf(logs))}::json) as addition (
      "accountId" uuid, period text, at timestamptz, "callKeyId" uuid, model text, type text,
      requests bigint, "promptTokens" bigint, "completionTokens" bigint, quota bigint)
    order by 1 desc, 2, 3, 4, 5, 6
    on conflict (account_id, period, at, call_key_id, model, type) do update set
      requests = total.requests + excluded.requests, prompt_tokens = total.prompt_tokens + excluded.prompt_tokens,
      completion_tokens = total.completion_tokens + excluded.completion_tokens, quota = total.quota + excluded.quota`.execute(em.getKysely());
}

function additionsOf(logs: readonly NewUsageLog[]): Addition[] {
  const additions = new Map<string, Addition>();
  const add = (log: NewUsageLog, accountId: string, callKeyId: string, period: Period) => {
    const at = beginOf(period, log.at);
    // The model stands last: it alone may have spaces in it.
    const name = `${accountId} ${callKeyId} ${period} ${at.getTime()} ${log.type} ${log.model}`;
    const sum = additions.get(name) ?? { accountId, callKeyId, period, at, model: log.model, type: log.type, requests: 0, promptTokens: 0, completionTokens: 0, quota: 0n };
    sum.requests += 1;
    sum.promptTokens += log.promptTokens;
    sum.completionTokens += log.completionTokens;
    sum.quota += log.quota;
    additions.set(name, sum);
  };
  for (const log of logs) {
    add(log, log.accountId, log.callKeyId, 'DAY');
    add(log, NIL_ID, NIL_ID, 'DAY');
    add(log, NIL_ID, NIL_ID, 'HOUR');
  }
  return [...additions.values()];
}
