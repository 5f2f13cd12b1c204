import { sql, type RawBuilder } from 'kysely';
import { NIL_ID } from '../../database/connection/id.js';
import { combineConditions, getIdRange, type Condition, type UsageSelection } from './usage-filter.js';
import type { TimeSpanParts, TimeSpan } from './usage-span.js';

/** What a sum covers: some accounts, all accounts, or one call key of all accounts. */
export type SumScope = 'accounts' | 'allAccounts' | 'callKey';

/** The sources of a sum's parts. Logs come first, because all statements lock the two tables in the same order. */
const parts = ['logs', 'logs', 'DAY', 'HOUR', 'HOUR'] as const;

/** The bounds of each part, by index. */
type Bounds = Record<`from${number}` | `to${number}`, unknown>;

/** The parameters of the statement. */
export type SumParameters = UsageSelection & Bounds & { readonly accountIds: readonly string[] };

/**
 * The condition of each scope. Totals of all accounts use the nil UUID; the totals of a call key are those of its
 * account.
 */
const scopeConditions: Readonly<
  Record<SumScope, Readonly<Record<'totals' | 'logs', (parameters: SumParameters) => RawBuilder<unknown>>>>
> = {
  accounts: {
    totals: ({ accountIds }) => sql`account_id = any(${accountIds}::uuid[])`,
    logs: ({ accountIds }) => sql`account_id = any(${accountIds}::uuid[])`,
  },
  allAccounts: { totals: () => sql`account_id = ${NIL_ID}::uuid`, logs: () => sql`true` },
  callKey: {
    totals: ({ callKeyId }) =>
      sql`account_id = (select account_id from usage_logs where call_key_id = ${callKeyId} limit 1)`,
    logs: () => sql`true`,
  },
};

function buildPart(
  part: (typeof parts)[number],
  index: number,
  scope: SumScope,
  names: readonly Condition[],
  parameters: SumParameters,
) {
  const [from, to] = [parameters[`from${index}`], parameters[`to${index}`]];
  if (part === 'logs') {
    return sql`select account_id, at, type, 1::bigint as requests, prompt_tokens::bigint, completion_tokens::bigint, quota from usage_logs
      where ${scopeConditions[scope].logs(parameters)} and id > ${from}::uuid and id < ${to}::uuid and ${combineConditions(names, parameters)}`;
  }
  return sql`select account_id, at, type, requests, prompt_tokens, completion_tokens, quota from usage_totals
    where ${scopeConditions[scope].totals(parameters)} and period = ${part}::text and at >= ${from}::timestamptz and at < ${to}::timestamptz and ${combineConditions(names, parameters)}`;
}

/** Builds the parts of a sum. Totals don't contain request IDs, so a filter by one uses only logs. */
export function buildParts(
  scope: SumScope,
  names: readonly Condition[],
  parameters: SumParameters,
): RawBuilder<unknown> {
  const usedParts = names.includes('requestId') ? parts.slice(0, 1) : parts;
  return sql.join(
    usedParts.map((part, index) => buildPart(part, index, scope, names, parameters)),
    sql` union all `,
  );
}

const EMPTY_SPAN: TimeSpan = { from: new Date(0), to: new Date(0) };

/** The bounds of each part: IDs for logs, timestamps for totals, and an empty span for unused parts. */
export function getBounds(spans: TimeSpanParts): Bounds {
  const remaining = { logs: [...spans.logs], DAY: [...spans.DAY], HOUR: [...spans.HOUR] };
  const bounds: Bounds = {};
  parts.forEach((part, index) => {
    const span = remaining[part].shift() ?? EMPTY_SPAN;
    const ids = getIdRange(span);
    bounds[`from${index}`] = part === 'logs' ? ids.above : span.from;
    bounds[`to${index}`] = part === 'logs' ? ids.below : span.to;
  });
  return bounds;
}
