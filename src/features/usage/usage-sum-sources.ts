import { sql, type RawBuilder } from 'kysely';
import { NIL_ID, minimumIdAt } from '../../database/connection/id.js';
import { toArrayLiteral } from '../../database/read/to-arrays.js';
import { combineConditions, type Condition, type UsageSelection } from './usage-filter.js';
import type { Correction, SumPlan, SumSource } from './usage-sum-plan.js';

/**
 * What sums cover: some accounts, all accounts together, each of all accounts, or one call key of any account. All
 * accounts together have separate totals, which contain no keys.
 */
export type SumScope = 'accounts' | 'allAccounts' | 'eachAccount' | 'callKey';

/** What usage is grouped by, besides its account and its point of a series. */
export type UsageDimension = 'MODEL' | 'CALL_KEY' | 'USER';

/** Which statement to build. */
export interface SumVariant {
  readonly scope: SumScope;
  /** The source of almost everything. */
  readonly source: SumSource;
  readonly by: UsageDimension | null;
  readonly conditions: readonly Condition[];
}

/** The parameters of the statement. */
export type SumParameters = UsageSelection & { readonly accountIds: readonly string[] } & ReturnType<
    typeof toSumParameters
  >;

/** The condition of each scope, on totals and on logs. The totals of a call key are those of its account. */
const scopeConditions: Readonly<
  Record<SumScope, (parameters: SumParameters) => Readonly<Record<'totals' | 'logs', RawBuilder<unknown>>>>
> = {
  accounts: ({ accountIds }) => {
    const condition = sql`account_id = any(${accountIds}::uuid[])`;
    return { totals: condition, logs: condition };
  },
  allAccounts: () => ({ totals: sql`account_id = ${NIL_ID}::uuid`, logs: sql`true` }),
  eachAccount: () => ({ totals: sql`account_id <> ${NIL_ID}::uuid`, logs: sql`true` }),
  callKey: ({ callKeyId }) => ({
    totals: sql`account_id = (select account_id from usage_logs where call_key_id = ${callKeyId} limit 1)`,
    logs: sql`true`,
  }),
};

/** What a group is of, and the account that it belongs to. */
const keyColumns: Readonly<Record<UsageDimension, readonly [key: RawBuilder<unknown>, holder: RawBuilder<unknown>]>> = {
  MODEL: [sql`model`, sql`null::uuid`],
  CALL_KEY: [sql`call_key_id::text`, sql`account_id`],
  USER: [sql`account_id::text`, sql`account_id`],
};

function getGroup({ scope, by }: SumVariant): RawBuilder<unknown> {
  const owner = scope === 'accounts' ? sql`account_id` : sql`${NIL_ID}::uuid`;
  const [key, holder] = by ? keyColumns[by] : [sql`null::text`, sql`null::uuid`];
  return sql`${owner} as owner, ${key} as key, ${holder} as holder`;
}

/** The sums of a source. A total counts many requests, a log is one. */
const getAmounts = (source: SumSource): RawBuilder<unknown> => {
  const requests = source === 'logs' ? sql`1` : sql`requests`;
  return sql`sum(${requests})::bigint as requests, coalesce(sum(${requests}) filter (where type = 'ERROR'), 0)::bigint as errors,
      sum(prompt_tokens)::bigint as prompt_tokens, sum(completion_tokens)::bigint as completion_tokens, sum(quota)::bigint as quota`;
};

/** The rows of a source that the filter selects, in a time range. Logs are found by ID, which contains the time. */
function getRows(
  { scope, conditions }: SumVariant,
  source: SumSource,
  range: { readonly from: unknown; readonly to: unknown },
  parameters: SumParameters,
): RawBuilder<unknown> {
  const { logs, totals } = scopeConditions[scope](parameters);
  const filter = combineConditions(conditions, parameters);
  return source === 'logs'
    ? sql`from usage_logs where ${logs} and id > ${range.from}::uuid and id < ${range.to}::uuid and ${filter}`
    : sql`from usage_totals where ${totals} and period = ${source}::text and at >= ${range.from}::timestamptz and at < ${range.to}::timestamptz and ${filter}`;
}

/** Everything between the first bound and the last, by point. */
function buildPoints(variant: SumVariant, parameters: SumParameters): RawBuilder<unknown> {
  const { source } = variant;
  return sql`
    select ${getGroup(variant)}, width_bucket(at, ${parameters.bounds}::timestamptz[]) - 1 as point, 1 as sign, ${getAmounts(source)}
    ${getRows(variant, source, { from: parameters.start, to: parameters.end }, parameters)} group by 1, 2, 3, 4`;
}

/**
 * The corrections from one source. Each is read once, and counts for both points at its bound. The range of all of them
 * lets the planner skip partitions.
 */
function buildCorrections(
  variant: SumVariant,
  source: 'logs' | 'HOUR',
  parameters: SumParameters,
): RawBuilder<unknown> {
  const [from, to, bound, sign] = [
    parameters[`${source}From`],
    parameters[`${source}To`],
    parameters[`${source}Bound`],
    parameters[`${source}Sign`],
  ];
  const range = { from: parameters[`${source}First`], to: parameters[`${source}Last`] };
  const within =
    source === 'logs'
      ? sql`id > correction.from_id and id < correction.to_id`
      : sql`at >= correction.from_at and at < correction.to_at`;
  const spans =
    source === 'logs'
      ? sql`unnest(${from}::uuid[], ${to}::uuid[], ${bound}::int[], ${sign}::int[]) as correction (from_id, to_id, bound, sign)`
      : sql`unnest(${from}::timestamptz[], ${to}::timestamptz[], ${bound}::int[], ${sign}::int[]) as correction (from_at, to_at, bound, sign)`;
  // Without "offset 0", the planner would read each correction once for each of its two points.
  return sql`
    select owner, key, holder, bound - side.before as point, sign * side.factor as sign, requests, errors, prompt_tokens, completion_tokens, quota
    from (
      select correction.bound, correction.sign, part.* from ${spans}
      cross join lateral (select ${getGroup(variant)}, ${getAmounts(source)} ${getRows(variant, source, range, parameters)} and ${within} group by 1, 2, 3) as part
      offset 0
    ) as corrected cross join (values (0, 1), (1, -1)) as side (before, factor)
    where bound - side.before between 0 and ${parameters.lastPoint}::int`;
}

/**
 * Builds the parts of sums: rows with an owner, key, holder, point and sign, and amounts to add or subtract. Logs come
 * first, because all statements lock the two tables in the same order.
 */
export function buildSumParts(variant: SumVariant, parameters: SumParameters): RawBuilder<unknown> {
  const points = buildPoints(variant, parameters);
  if (variant.source === 'logs') return points;
  const parts = [buildCorrections(variant, 'logs', parameters), points];
  const hasHours = variant.scope === 'allAccounts' && variant.source === 'DAY';
  return sql.join(hasHours ? [...parts, buildCorrections(variant, 'HOUR', parameters)] : parts, sql` union all `);
}

/** A bound as a source needs it: an ID of logs, or a time. */
const toBound = (source: SumSource, time: Date): string => (source === 'logs' ? minimumIdAt(time) : time.toISOString());

/** The parameters of the corrections from one source, and the range that contains all of them. */
function toCorrectionParameters<Source extends 'logs' | 'HOUR'>(source: Source, corrections: readonly Correction[]) {
  const own = corrections.filter((correction) => correction.source === source);
  const [from, to] = [own.map((one) => toBound(source, one.from)), own.map((one) => toBound(source, one.to))];
  const start = toBound(source, new Date(0));
  const values = {
    First: from[0] ?? start,
    Last: to.at(-1) ?? start,
    From: toArrayLiteral(from),
    To: toArrayLiteral(to),
    Bound: toArrayLiteral(own.map(({ bound }) => bound)),
    Sign: toArrayLiteral(own.map(({ sign }) => sign)),
  };
  const named = Object.entries(values).map(([name, value]) => [`${source}${name}`, value]);
  return Object.fromEntries(named) as Record<`${Source}${keyof typeof values}`, string>;
}

/** The parameters of a plan. */
export const toSumParameters = ({ source, bounds, corrections }: SumPlan) => {
  const times = bounds.map((bound) => toBound(source, bound));
  return {
    bounds: toArrayLiteral(bounds),
    start: times[0],
    end: times.at(-1),
    lastPoint: bounds.length - 2,
    ...toCorrectionParameters('logs', corrections),
    ...toCorrectionParameters('HOUR', corrections),
  };
};
