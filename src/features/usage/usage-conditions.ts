import { sql } from 'kysely';
import type { UsageChoice } from './usage-choice.js';

/**
 * The conditions of a filter. A type is written into the statement: an index of errors alone serves no parameter. A key
 * stands in a statement of its own, so that the database goes by the index of keys also where it knows that this one
 * makes many calls: it would look through everybody's, and find none that fits the rest.
 */
const conditions = {
  callKeyId: ({ callKeyId }: UsageChoice) => sql<boolean>`call_key_id = (select ${callKeyId}::uuid)`,
  model: ({ model }: UsageChoice) => sql<boolean>`model = ${model}`,
  requestId: ({ requestId }: UsageChoice) => sql<boolean>`request_id = ${requestId}`,
  ERROR: () => sql<boolean>`type = 'ERROR'`,
  CONSUME: () => sql<boolean>`type = 'CONSUME'`,
};

/** A condition that a filter comes with. */
export type Condition = keyof typeof conditions;

/** The conditions that a choice comes with, by their names. */
export const conditionsOf = ({ callKeyId, model, requestId, type }: UsageChoice): Condition[] => [
  ...Object.entries({ callKeyId, model, requestId }).flatMap(([name, value]) =>
    value === null ? [] : [name as Condition],
  ),
  ...(type ? [type] : []),
];

/** What those conditions say of a log or a total, as one expression. */
export const hold = (names: readonly Condition[], wanted: UsageChoice) =>
  sql.join([sql<boolean>`true`, ...names.map((name) => conditions[name](wanted))], sql` and `);
