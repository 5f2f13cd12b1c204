import { sql, type RawBuilder } from 'kysely';

type Value = string | number | bigint | Date | null;

/**
 * How an array of each column type is passed to the database. Only text is left to the drivers, which quote every
 * value: for other types that would take most of the time.
 */
const arrayConverters = {
  uuid: (values: readonly Value[]) => sql`${toArrayLiteral(values)}::uuid[]`,
  timestamptz: (values: readonly Value[]) => sql`${toArrayLiteral(values)}::timestamptz[]`,
  text: (values: readonly Value[]) => sql`${values}::text[]`,
  int: (values: readonly Value[]) => sql`${toArrayLiteral(values)}::int[]`,
  bigint: (values: readonly Value[]) => sql`${toArrayLiteral(values)}::bigint[]`,
};

/** An array literal of PostgreSQL (manual, section 8.15.6); times are in UTC. */
export const toArrayLiteral = (values: readonly Value[]): string =>
  `{${values.map((value) => (value instanceof Date ? value.toISOString() : (value ?? 'NULL'))).join()}}`;

/**
 * Converts rows to one array per column, for `unnest`. So the statement has the same text for any number of rows.
 * Reading the rows as JSON would take the database three times as long.
 */
export function toArrays<Row extends { readonly [Column in keyof Row]: Value }>(
  rows: readonly Row[],
  columns: Readonly<Record<keyof Row & string, keyof typeof arrayConverters>>,
): RawBuilder<unknown> {
  const orderedColumns = Object.entries<keyof typeof arrayConverters>(columns);
  return sql.join(
    orderedColumns.map(([column, type]) => arrayConverters[type](rows.map((row) => row[column as keyof Row]))),
  );
}
