/** An index of a table that an earlier migration created. */
export interface ConcurrentIndex {
  readonly name: string;
  /** `create index concurrently "name" on …`. */
  readonly statement: string;
}

/**
 * The indexes that `migrate` creates after its transaction, so that the table accepts changes meanwhile
 * (docs/decisions/054-online-migrations.md). Remove an index here in the migration that drops it.
 */
export const concurrentIndexes: readonly ConcurrentIndex[] = [];
