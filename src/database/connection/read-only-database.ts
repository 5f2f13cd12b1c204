/** The code of PostgreSQL for a change in a read-only transaction, e.g. on a standby (appendix A). */
export const READ_ONLY_CODE = '25006';

/** The database is a standby or read-only, so the connection is not used. */
export class ReadOnlyDatabaseError extends Error {
  readonly code = READ_ONLY_CODE;

  constructor() {
    super('the database is read-only');
  }
}
