import { sql, type RawBuilder } from 'kysely';

/** What a row may have in a column. */
type Value = string | number | bigint | Date | null;

/**
 * How an array of each type of column that rows are made of here is told to the database. Only texts need to be quoted,
 * of which drivers know how; they would do it to all values, which takes them longer than everything else about an
 * array.
 */
const typed = {
  uuid: (values: readonly Value[]) => sql`${unquoted(values)}::uuid[]`,
  timestamptz: (values: readonly Value[]) => sql`${unquoted(values)}::timestamptz[]`,
  text: (values: readonly Value[]) => sql`${values}::text[]`,
  int: (values: readonly Value[]) => sql`${unquoted(values)}::int[]`,
  bigint: (values: readonly Value[]) => sql`${unquoted(values)}::bigint[]`,
};

/** An array in PostgreSQL's own writing (its manual, section 8.15.6); moments in UTC. */
const unquoted = (values: readonly Value[]): string =>
  `{${values.map((value) => (value instanceof Date ? value.toISOString() : (value ?? 'NULL'))).join()}}`;

/**
 * Rows for `unnest`, as one array for each column in the order that is given. So a statement has the same text and as
 * many parameters whatever the number of rows; as JSON the database would take three times as long to read them.
 */
export function toArrays<Row extends { readonly [Column in keyof Row]: Value }>(
  rows: readonly Row[],
  columns: Readonly<Record<keyof Row & string, keyof typeof typed>>,
): RawBuilder<unknown> {
  const inOrder = Object.entries<keyof typeof typed>(columns);
  return sql.join(inOrder.map(([column, type]) => typed[type](rows.map((row) => row[column as keyof Row]))));
}
