/** An index of a table that an earlier migration created. */
export interface ConcurrentIndex {
  readonly name: string;
  /** `create index concurrently "name" on …`. */
  readonly statement: string;
}

const indexOn = (table: string, column: string): ConcurrentIndex => {
  const name = `${table}_${column}_index`;
  return { name, statement: `create index concurrently "${name}" on "${table}" ("${column}")` };
};

/**
 * The indexes that `migrate` creates after its transaction, so that the table accepts changes meanwhile
 * (docs/decisions/054-online-migrations.md). Remove an index here in the migration that drops it.
 */
export const concurrentIndexes: readonly ConcurrentIndex[] = [
  // Sweeps and reminders find what expires without reading the whole table.
  indexOn('sessions', 'expires_at'),
  indexOn('second_factor_challenges', 'expires_at'),
  indexOn('two_factor_enrolments', 'expires_at'),
  indexOn('access_tokens', 'expires_at'),
  indexOn('mail_deliveries', 'updated_at'),
];
