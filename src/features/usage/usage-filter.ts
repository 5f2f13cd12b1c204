import { sql } from 'kysely';
import { MAX_ID, NIL_ID, minimumIdAt } from '../../database/connection/id.js';
import type { UsageType } from './usage-log.entity.js';

/** The filter of usage; null fields don't filter. */
export interface UsageSelection {
  readonly from: Date | null;
  readonly to: Date | null;
  readonly type: UsageType | null;
  readonly callKeyId: string | null;
  readonly model: string | null;
  readonly requestId: string | null;
}

/**
 * The filter conditions on logs and totals, except time. The type is a literal, because a partial index can't match a
 * parameter. The key is in a subquery, so that the plan doesn't depend on its value (decision 020).
 */
const conditions = {
  callKeyId: ({ callKeyId }: UsageSelection) => sql<boolean>`call_key_id = (select ${callKeyId}::uuid)`,
  model: ({ model }: UsageSelection) => sql<boolean>`model = ${model}`,
  requestId: ({ requestId }: UsageSelection) => sql<boolean>`request_id = ${requestId}`,
  ERROR: () => sql<boolean>`type = 'ERROR'`,
  CONSUME: () => sql<boolean>`type = 'CONSUME'`,
};

/** The name of a filter condition. */
export type Condition = keyof typeof conditions;

/** The conditions of a filter; each combination is a separate statement. */
export const getConditions = ({ callKeyId, model, requestId, type }: UsageSelection): Condition[] => [
  ...Object.entries({ callKeyId, model, requestId }).flatMap(([name, value]) =>
    value === null ? [] : [name as Condition],
  ),
  ...(type ? [type] : []),
];

/** Combines conditions into one expression. */
export const combineConditions = (names: readonly Condition[], selection: UsageSelection) =>
  sql.join([sql<boolean>`true`, ...names.map((name) => conditions[name](selection))], sql` and `);

/**
 * Whether an index finds the logs of an account with these conditions in ID order: any single condition has one, except
 * for successful calls, which are most calls. With a request ID, few logs match, whatever the other conditions.
 */
export const hasIndex = (names: readonly Condition[]): boolean =>
  (names.length <= 1 && !names.includes('CONSUME')) || names.includes('requestId');

/** An exclusive range of log IDs. IDs contain the time, so a range selects the partitions. */
export interface IdRange {
  readonly above: string;
  readonly below: string;
}

/** The ID range of a time span. */
export const getIdRange = ({ from, to }: Pick<UsageSelection, 'from' | 'to'>): IdRange => ({
  above: from ? minimumIdAt(from) : NIL_ID,
  below: to ? minimumIdAt(to) : MAX_ID,
});

/** The intersection of two ranges. */
export const intersect = (a: IdRange, b: IdRange): IdRange => ({
  above: a.above > b.above ? a.above : b.above,
  below: a.below < b.below ? a.below : b.below,
});
