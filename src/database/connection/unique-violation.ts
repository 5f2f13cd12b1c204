/** PostgreSQL's code of a row that a unique index refuses (class 23 of its error codes). */
const UNIQUE_VIOLATION = '23505';

/** Whether a write was refused because another row has the value already. */
export const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION;
