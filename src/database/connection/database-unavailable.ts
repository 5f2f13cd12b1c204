/**
 * SQLSTATE codes and classes of a database that can't do its work now, although the statement may be right (PostgreSQL,
 * appendix A). A repeated request can succeed.
 */
const UNAVAILABLE_CODES: ReadonlySet<string> = new Set([
  '25006', // read_only_sql_transaction, e.g. on a standby
  '25P03', // idle_in_transaction_session_timeout
  '25P04', // transaction_timeout
  '40001', // serialization_failure
  '40P01', // deadlock_detected
  '55P03', // lock_not_available, after the lock timeout
  '57014', // query_canceled, after the statement timeout
]);

/** Connection exception, insufficient resources, operator intervention, system error. */
const UNAVAILABLE_CLASSES: ReadonlySet<string> = new Set(['08', '53', '57', '58']);

/** Codes of Node for a network or host that can't be reached. */
const NETWORK_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** The driver and its pool have no codes for these. */
const DRIVER_MESSAGE =
  /^(?:timeout exceeded when trying to connect|timeout expired|Query read timeout|Connection terminated|Client has encountered a connection error|Client was closed and is not queryable|Cannot use a pool after calling end|The client was closed)/;

/** A read got no answer in time, so its connection or its place in the queue was given up. */
export class ReadTimeoutError extends Error {}

/** Whether an error means that the database is unreachable, read-only, full or overloaded (D-11), not a fault. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof ReadTimeoutError) return true;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return (
    UNAVAILABLE_CODES.has(code) ||
    (/^[0-9A-Z]{5}$/.test(code) && UNAVAILABLE_CLASSES.has(code.slice(0, 2))) ||
    NETWORK_CODES.has(code) ||
    DRIVER_MESSAGE.test(error.message) ||
    // The job queue wraps its errors.
    isDatabaseUnavailable(error.cause)
  );
}
