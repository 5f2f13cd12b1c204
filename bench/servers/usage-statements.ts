import type { QueryConfig } from 'pg';
import { v7 } from 'uuid';

/** A call, as a gateway reports it. */
export interface Entry {
  readonly callKeyId: string;
  readonly at: string;
  readonly type: string;
  readonly model: string;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly quota: number;
  readonly requestId: string;
}

/** A call key that entries are charged to. */
export interface HeldKey {
  readonly id: string;
  readonly name: string;
  readonly account_id: string;
}

/** Inserts any number of logs in one statement. */
export const insertStatement = (entries: readonly Entry[], keys: ReadonlyMap<string, HeldKey>): QueryConfig => ({
  name: 'insert',
  text: `
    insert into usage_logs (id, at, account_id, call_key_id, call_key_name, type, model, prompt_tokens, completion_tokens, quota, request_id)
    select * from unnest($1::uuid[], $2::timestamptz[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::int[], $9::int[], $10::bigint[], $11::text[]) on conflict (id) do nothing`,
  values: [
    entries.map(({ at }) => v7({ msecs: Date.parse(at) })),
    entries.map(({ at }) => at),
    entries.map(({ callKeyId }) => keys.get(callKeyId)?.account_id),
    entries.map(({ callKeyId }) => callKeyId),
    entries.map(({ callKeyId }) => keys.get(callKeyId)?.name),
    entries.map(({ type }) => type),
    entries.map(({ model }) => model),
    entries.map(({ promptTokens }) => promptTokens),
    entries.map(({ completionTokens }) => completionTokens),
    entries.map(({ quota }) => quota),
    entries.map(({ requestId }) => requestId),
  ],
});

/** Locks the call keys of entries until the transaction ends. */
export const holdStatement = (entries: readonly Entry[]): QueryConfig => ({
  name: 'hold',
  text: 'select id, name, account_id from call_keys where id = any($1::uuid[]) order by id for no key update',
  values: [[...new Set(entries.map(({ callKeyId }) => callKeyId))]],
});

/** Charges entries to their call keys. */
export const chargeStatement = (entries: readonly Entry[]): QueryConfig => ({
  name: 'charge',
  text: `
    update call_keys set quota_used = quota_used + charge.quota, quota_left = greatest(quota_left - charge.quota, 0)
    from (select id, sum(quota)::bigint as quota from unnest($1::uuid[], $2::bigint[]) as entry (id, quota) group by 1) as charge where call_keys.id = charge.id`,
  values: [entries.map(({ callKeyId }) => callKeyId), entries.map(({ quota }) => quota)],
});

/** Adds entries to the totals of their days, and to the overall totals of days and hours. */
export const totalsStatement = (entries: readonly Entry[], keys: ReadonlyMap<string, HeldKey>): QueryConfig => ({
  name: 'totals',
  text: `
    insert into usage_totals as total (account_id, period, at, call_key_id, model, type, requests, prompt_tokens, completion_tokens, quota)
    select case when all_accounts then '00000000-0000-0000-0000-000000000000' else account_id end, period, date_trunc(period, entry.at, 'UTC'), case when all_accounts then '00000000-0000-0000-0000-000000000000' else key end,
      model, type, count(*), sum(prompt), sum(completion), sum(quota)
    from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::int[], $7::int[], $8::bigint[]) as entry (account_id, key, at, model, type, prompt, completion, quota),
      (values (false, 'DAY'), (true, 'DAY'), (true, 'HOUR')) as kind (all_accounts, period)
    group by 1, 2, 3, 4, 5, 6 order by 1 desc, 2, 3, 4, 5, 6
    on conflict (account_id, period, at, call_key_id, model, type) do update set requests = total.requests + excluded.requests, prompt_tokens = total.prompt_tokens + excluded.prompt_tokens,
      completion_tokens = total.completion_tokens + excluded.completion_tokens, quota = total.quota + excluded.quota`,
  values: [
    entries.map(({ callKeyId }) => keys.get(callKeyId)?.account_id),
    entries.map(({ callKeyId }) => callKeyId),
    entries.map(({ at }) => at),
    entries.map(({ model }) => model),
    entries.map(({ type }) => type),
    entries.map(({ promptTokens }) => promptTokens),
    entries.map(({ completionTokens }) => completionTokens),
    entries.map(({ quota }) => quota),
  ],
});
