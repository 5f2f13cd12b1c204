import { sql, type RawBuilder } from 'kysely';

/** How an array of each type of column that rows are made of here is told to the database. */
const typed = {
  uuid: (values: readonly unknown[]) => sql`${values}::uuid[]`,
  timestamptz: (values: readonly unknown[]) => sql`${values}::timestamptz[]`,
  text: (values: readonly unknown[]) => sql`${values}::text[]`,
  int: (values: readonly unknown[]) => sql`${values}::int[]`,
  bigint: (values: readonly unknown[]) => sql`${values}::bigint[]`,
};

/**
 * Rows for `unnest`, as one array for each column in the order that is given. So a statement has the same text and as many
 * parameters whatever the number of rows; as JSON the database would take three times as long to read them.
 */
export function toArrays<Row extends object>(rows: readonly Row[], columns: Readonly<Record<keyof Row & string, keyof typeof typed>>): RawBuilder<unknown> {
  const inOrder = Object.entries<keyof typeof typed>(columns);
  return sql.join(inOrder.map(([column, type]) => typed[type](rows.map((row) => toParameter(row[column as keyof Row])))));
}

/** A moment goes in UTC: drivers would write it in the zone of their process, which takes them longer. */
const toParameter = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value);
