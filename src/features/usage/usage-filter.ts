import { sql } from 'kysely';
import { MAX_ID, NIL_ID, beforeIdsOf } from '../../database/connection/id.js';
import type { UsageType } from './usage-log.entity.js';

/** Which usage is wanted; what is null limits nothing. */
export interface UsageSelection {
  readonly from: Date | null;
  readonly to: Date | null;
  readonly type: UsageType | null;
  readonly callKeyId: string | null;
  readonly model: string | null;
  readonly requestId: string | null;
}

/**
 * What a selection says of a log or a total, but for its time. A type is text of the statement: an index of errors
 * alone serves no parameter. A key is a subquery, so that no plan depends on which key it is (decision 020).
 */
const conditions = {
  callKeyId: ({ callKeyId }: UsageSelection) => sql<boolean>`call_key_id = (select ${callKeyId}::uuid)`,
  model: ({ model }: UsageSelection) => sql<boolean>`model = ${model}`,
  requestId: ({ requestId }: UsageSelection) => sql<boolean>`request_id = ${requestId}`,
  ERROR: () => sql<boolean>`type = 'ERROR'`,
  CONSUME: () => sql<boolean>`type = 'CONSUME'`,
};

/** A condition that a selection comes with. */
export type Condition = keyof typeof conditions;

/** The conditions that a selection comes with, by their names: each combination is a statement of its own. */
export const conditionsOf = ({ callKeyId, model, requestId, type }: UsageSelection): Condition[] => [
  ...Object.entries({ callKeyId, model, requestId }).flatMap(([name, value]) =>
    value === null ? [] : [name as Condition],
  ),
  ...(type ? [type] : []),
];

/** These conditions as one expression. */
export const allOf = (names: readonly Condition[], selection: UsageSelection) =>
  sql.join([sql<boolean>`true`, ...names.map((name) => conditions[name](selection))], sql` and `);

/**
 * Whether one index holds these conditions of one account in the order of ids: each condition alone, and any together
 * with a request, which has hardly more than one log. Most calls are answered, so no index holds those that were.
 */
export const hasIndex = (names: readonly Condition[]): boolean =>
  (names.length <= 1 && !names.includes('CONSUME')) || names.includes('requestId');

/** Ids between which logs lie, both left out. A time is a range of ids too, so one condition chooses the partitions. */
export interface IdRange {
  readonly above: string;
  readonly below: string;
}

/** The ids of the logs of a time. */
export const idRangeOf = ({ from, to }: Pick<UsageSelection, 'from' | 'to'>): IdRange => ({
  above: from ? beforeIdsOf(from) : NIL_ID,
  below: to ? beforeIdsOf(to) : MAX_ID,
});

/** The ids that lie in both ranges. */
export const overlap = (one: IdRange, other: IdRange): IdRange => ({
  above: one.above > other.above ? one.above : other.above,
  below: one.below < other.below ? one.below : other.below,
});
