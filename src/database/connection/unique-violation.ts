/** PostgreSQL's error code for a row that a unique index rejects (class 23). */
const UNIQUE_VIOLATION = '23505';

/** Whether a write failed because another row already has the value. */
export const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION;
