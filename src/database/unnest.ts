import { sql, type RawBuilder } from 'kysely';

/** The types of columns that rows are made of here. */
type ColumnType = 'uuid' | 'timestamptz' | 'text' | 'int' | 'bigint';

/**
 * Rows for a statement to select from, by the names of their columns. They go as one array for each column, so that a statement
 * has the same text and as many parameters whatever the number of rows; as JSON the database would take three times as long to read them.
 */
export function unnest<Row extends object>(rows: readonly Row[], name: string, columns: Readonly<Record<keyof Row & string, ColumnType>>): RawBuilder<unknown> {
  const named = Object.entries<ColumnType>(columns);
  const arrays = named.map(([column, type]) => sql`${rows.map((row) => toParameter(row[column as keyof Row]))}::${sql.raw(type)}[]`);
  return sql`unnest(${sql.join(arrays)}) as ${sql.id(name)} (${sql.join(named.map(([column]) => sql.id(column)))})`;
}

/** A moment goes in UTC: drivers would write it in the zone of their process, which takes them longer. */
const toParameter = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value);
