import { sql, type RawBuilder } from 'kysely';
import { NIL_ID } from '../../database/connection/id.js';
import { question, type Reader, type Select } from '../../database/read/select.js';
import { idRangeOf, type UsageChoice } from './usage-choice.js';
import { conditionsOf, hold, type Condition } from './usage-conditions.js';
import type { Pieces, Span } from './usage-spans.js';
import type { Period } from './usage-total.entity.js';

type Db = Parameters<Parameters<typeof question>[0]>[0];

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

/** Whose usage is summed, which of it, and by which periods. */
export interface WantedSums {
  /** Null for everybody's. */
  readonly accountIds: readonly string[] | null;
  readonly choice: UsageChoice;
  readonly pieces: Pieces;
  /** The period of each sum; null for one sum. */
  readonly interval: Period | null;
}

/** The parameters of the statement: those of the filter, and the bounds of each piece by its place. */
type SumParameters = UsageChoice & { readonly accountIds: readonly string[] } & Record<
    `from${number}` | `to${number}`,
    unknown
  >;

/**
 * Whose rows a part of the statement reads. Of everybody there are totals, under the nil UUID; a call key leads to the
 * account that it is of.
 */
const owners: Readonly<
  Record<
    'accounts' | 'everybody' | 'callKey',
    {
      readonly totals: (wanted: SumParameters) => RawBuilder<unknown>;
      readonly logs: (wanted: SumParameters) => RawBuilder<unknown>;
    }
  >
> = {
  accounts: {
    totals: ({ accountIds }) => sql`account_id = any(${accountIds}::uuid[])`,
    logs: ({ accountIds }) => sql`account_id = any(${accountIds}::uuid[])`,
  },
  everybody: { totals: () => sql`account_id = ${NIL_ID}::uuid`, logs: () => sql`true` },
  callKey: {
    totals: ({ callKeyId }) =>
      sql`account_id = (select account_id from usage_logs where call_key_id = ${callKeyId} limit 1)`,
    logs: () => sql`true`,
  },
};

/** Logs come first: everything locks the two tables in one order. */
const parts = ['logs', 'logs', 'DAY', 'HOUR', 'HOUR'] as const;

const NO_TIME: Span = { from: new Date(0), to: new Date(0) };

function partOf(
  part: (typeof parts)[number],
  place: number,
  owner: keyof typeof owners,
  names: readonly Condition[],
  wanted: SumParameters,
) {
  const [from, to] = [wanted[`from${place}`], wanted[`to${place}`]];
  if (part === 'logs') {
    return sql`select account_id, at, type, 1::bigint as requests, prompt_tokens::bigint, completion_tokens::bigint, quota from usage_logs
      where ${owners[owner].logs(wanted)} and id > ${from}::uuid and id < ${to}::uuid and ${hold(names, wanted)}`;
  }
  return sql`select account_id, at, type, requests, prompt_tokens, completion_tokens, quota from usage_totals
    where ${owners[owner].totals(wanted)} and period = ${part}::text and at >= ${from}::timestamptz and at < ${to}::timestamptz and ${hold(names, wanted)}`;
}

const sums =
  (owner: keyof typeof owners, names: readonly Condition[], interval: Period | null) =>
  (db: Db, wanted: SumParameters) => {
    // No total knows a request: its usage is summed from logs alone.
    const summed = names.includes('requestId') ? parts.slice(0, 1) : parts;
    const used = sql.join(
      summed.map((part, place) => partOf(part, place, owner, names, wanted)),
      sql` union all `,
    );
    const account = owner === 'accounts' ? sql<string>`account_id` : sql<string>`${NIL_ID}::uuid`;
    const at =
      interval === null
        ? sql<Date | null>`null::timestamptz`
        : sql<Date | null>`date_trunc(${interval}::text, at, 'UTC')`;
    return db
      .selectFrom(sql`(${used})`.as<'used'>(sql`used`))
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
  reader: Reader,
  { accountIds, choice, pieces, interval }: WantedSums,
): Promise<readonly UsageSum[]> {
  const names = conditionsOf(choice);
  const owner = accountIds ? 'accounts' : choice.callKeyId === null ? 'everybody' : 'callKey';
  const name = ['usage_sums', owner, interval ?? 'all', ...names].join('_');
  const statement = statements.get(name) ?? question<SumParameters, UsageSum>(sums(owner, names, interval));
  statements.set(name, statement);
  return statement(reader, { ...choice, accountIds: accountIds ?? [], ...boundsOf(pieces) });
}

/** The bounds of each part: ids for logs, moments for totals, and none at all for a part that there is no piece for. */
function boundsOf(pieces: Pieces): Record<`from${number}` | `to${number}`, unknown> {
  const left = { logs: [...pieces.logs], DAY: [...pieces.DAY], HOUR: [...pieces.HOUR] };
  const bounds: Record<`from${number}` | `to${number}`, unknown> = {};
  parts.forEach((part, place) => {
    const span = left[part].shift() ?? NO_TIME;
    const ids = idRangeOf(span);
    bounds[`from${place}`] = part === 'logs' ? ids.above : span.from;
    bounds[`to${place}`] = part === 'logs' ? ids.below : span.to;
  });
  return bounds;
}
