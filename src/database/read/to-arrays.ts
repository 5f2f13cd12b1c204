import { sql, type RawBuilder } from 'kysely';

/** The value of a row in a column. */
type Value = string | number | bigint | Date | null;

/**
 * How an array of each column type is passed to the database. Only texts need quoting, which drivers do; quoting all
 * values takes longer than everything else about an array.
 */
const arrayConverters = {
  uuid: (values: readonly Value[]) => sql`${toArrayLiteral(values)}::uuid[]`,
  timestamptz: (values: readonly Value[]) => sql`${toArrayLiteral(values)}::timestamptz[]`,
  text: (values: readonly Value[]) => sql`${values}::text[]`,
  int: (values: readonly Value[]) => sql`${toArrayLiteral(values)}::int[]`,
  bigint: (values: readonly Value[]) => sql`${toArrayLiteral(values)}::bigint[]`,
};

/** An array in PostgreSQL's notation (its manual, section 8.15.6); times are in UTC. */
const toArrayLiteral = (values: readonly Value[]): string =>
  `{${values.map((value) => (value instanceof Date ? value.toISOString() : (value ?? 'NULL'))).join()}}`;

/**
 * Rows for `unnest`, as one array per column in the given order. The statement has the same text and number of
 * parameters for any number of rows; the database would take three times as long to read JSON.
 */
export function toArrays<Row extends { readonly [Column in keyof Row]: Value }>(
  rows: readonly Row[],
  columns: Readonly<Record<keyof Row & string, keyof typeof arrayConverters>>,
): RawBuilder<unknown> {
  const orderedColumns = Object.entries<keyof typeof arrayConverters>(columns);
  return sql.join(orderedColumns.map(([column, type]) => arrayConverters[type](rows.map((row) => row[column as keyof Row]))));
}
