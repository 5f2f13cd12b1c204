import type pg from 'pg';
import { withoutIndexes } from './without-indexes.ts';

/** How many users make the calls, and with how many keys. A few of them make most calls. */
const ACCOUNTS = 100_000;
const KEYS = 130_000;

/**
 * The calls of one particular user, whatever the total: spread over the whole period, alternating between two keys,
 * with every tenth call failed.
 */
const CALLS_OF_BUSIEST_ACCOUNT = 200;

/** A period, from its start to before its end. */
export interface Time {
  readonly from: Date;
  readonly to: Date;
}

/**
 * The number of a call key in this file. Keys of all users count from 0; the two keys of the particular user come
 * before.
 */
const KEYS_OF_BUSIEST_ACCOUNT = [-2, -1] as const;
const THE_BUSIEST_KEY = 0;

/**
 * Fills the usage tables with logs of a period and with their totals. The tables are Postern's and end with all their
 * indexes, which are built last because that takes a tenth of the time.
 */
export async function loadUsage(client: pg.Client, rows: number, { from, to }: Time): Promise<void> {
  await client.query(
    "set maintenance_work_mem = '1GB'; set work_mem = '512MB'; set hash_mem_multiplier = 2; select setseed(0.5)",
  );
  await withoutIndexes(client, ['usage_logs', 'usage_totals'], async () => {
    await client.query(`
      create temp table keys as select number, case when number < 0 then ${accountOf('-1')} else ${accountOf(`number % ${ACCOUNTS}`)} end as account_id, ${keyOf('number')} as call_key_id
      from generate_series(${KEYS_OF_BUSIEST_ACCOUNT[0]}, ${KEYS - 1}) as number`);
    await client.query('analyze keys');
    await client.query(logs(rows, from.getTime(), Math.floor((to.getTime() - from.getTime()) / rows)));
    await client.query(totals);
  });
  await client.query('drop table keys');
  await client.query('vacuum analyze usage_logs, usage_totals');
}

const accountOf = (number: string) => `md5('account ' || (${number}))::uuid`;
const keyOf = (number: string) => `md5('key ' || (${number}))::uuid`;

/**
 * One log every few milliseconds, in order of time. A key calls eight models; the busiest key never calls model-7,
 * which never fails. No statistic of the database shows that correlation.
 */
const logs = (rows: number, start: number, step: number) => `
  insert into usage_logs (id, at, account_id, call_key_id, call_key_name, type, model, prompt_tokens, completion_tokens, quota, latency_ms, request_id, ip)
  select (lpad(to_hex(ms), 12, '0') || '7' || substr(noise, 1, 3) || '8' || substr(noise, 4, 15))::uuid, to_timestamp(ms / 1000.0), keys.account_id, keys.call_key_id, 'key ' || keys.number,
    case when failed and model <> 7 then 'ERROR' else 'CONSUME' end, 'model-' || case when model = 7 and key = ${THE_BUSIEST_KEY} then 8 else model end,
    tokens, tokens / 3, tokens * 2, tokens, 'request-' || n, '203.0.113.9'
  from (
    select *, case when key <= ${THE_BUSIEST_KEY} then floor(40 * random() ^ 2) else mod(key * 7 + floor(8 * random() ^ 2)::int, 40) end::int as model from (
      select n, ${start} + n * ${step} as ms, md5(n::text) as noise, floor(5000 * random())::int as tokens,
        case when n % ${rows / CALLS_OF_BUSIEST_ACCOUNT} = 0 then ${KEYS_OF_BUSIEST_ACCOUNT[0]} + mod(n / ${rows / CALLS_OF_BUSIEST_ACCOUNT}, 2) else floor(${KEYS} * random() ^ 4)::int end as key,
        case when n % ${rows / CALLS_OF_BUSIEST_ACCOUNT} = 0 then mod(n / ${rows / CALLS_OF_BUSIEST_ACCOUNT}, 10) = 0 else random() < 0.02 end as failed
      from generate_series(0::bigint, ${rows - 1}) as n
    ) as made
  ) as call join keys on keys.number = call.key
  order by n`;

const NO_ACCOUNT = '00000000-0000-0000-0000-000000000000';
const sums = 'count(*), sum(prompt_tokens), sum(completion_tokens), sum(quota)';

/**
 * The totals of a day are adjacent: first the overall ones, then those of users in no particular order, as in
 * production.
 */
const totals = `
  insert into usage_totals (account_id, period, at, call_key_id, model, type, requests, prompt_tokens, completion_tokens, quota)
  select * from (
    select account_id, 'DAY', date_trunc('day', at, 'UTC') as at, call_key_id, model, type, ${sums} from usage_logs group by 1, 2, 3, 4, 5, 6
    union all select '${NO_ACCOUNT}', 'DAY', date_trunc('day', at, 'UTC'), '${NO_ACCOUNT}', model, type, ${sums} from usage_logs group by 3, 5, 6
    union all select '${NO_ACCOUNT}', 'HOUR', date_trunc('hour', at, 'UTC'), '${NO_ACCOUNT}', model, type, ${sums} from usage_logs group by 3, 5, 6
  ) as total order by date_trunc('day', at, 'UTC'), account_id <> '${NO_ACCOUNT}', hashtext(account_id::text || model)`;

/** The account and the key whose usage is queried. */
export interface Known {
  readonly accountId: string;
  readonly callKeyId: string;
}

/** A user with few calls, the user with the most calls, and a key of each. */
export async function knownAccounts(client: pg.Client): Promise<{ readonly account: Known; readonly busiest: Known }> {
  const {
    rows: [row],
  } = await client.query<Record<'account' | 'first' | 'busiest' | 'key', string>>(
    `select ${accountOf('-1')} as account, ${keyOf(String(KEYS_OF_BUSIEST_ACCOUNT[0]))} as first, ${accountOf(String(THE_BUSIEST_KEY))} as busiest, ${keyOf(String(THE_BUSIEST_KEY))} as key`,
  );
  return {
    account: { accountId: row!.account, callKeyId: row!.first },
    busiest: { accountId: row!.busiest, callKeyId: row!.key },
  };
}
