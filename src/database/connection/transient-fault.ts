import { seconds } from '../../duration.js';

/** Why a transaction failed although nothing is wrong with it, so that another try can succeed. */
export type TransientFault = 'serialization' | 'deadlock' | 'connection';

/** The server rolled the transaction back in favor of another one (PostgreSQL, appendix A). */
const ROLLED_BACK: Readonly<Record<string, TransientFault>> = { '40001': 'serialization', '40P01': 'deadlock' };

/** The server ended the session: admin_shutdown, crash_shutdown. */
const ENDED_BY_SERVER = new Set(['57P01', '57P02']);

const LOST_CODES = new Set(['ECONNRESET', 'EPIPE']);
const LOST_MESSAGE =
  /^(?:Connection terminated|Client has encountered a connection error|Client was closed and is not queryable)/;

/**
 * A connection that broke later did so because the database does not answer: then another try only makes the caller
 * wait. It is less than the time after which an unreachable database is given up (fail-fast-client.ts).
 */
const LOST_WITHIN_MS = seconds(1);

/**
 * The transient fault that made a transaction fail; null for any other error. A transaction whose connection was lost
 * during its commit may have been committed, so it isn't one.
 *
 * @param elapsedMs how long the transaction took
 * @param isCommitting whether everything but the commit was done
 */
export function findTransientFault(error: unknown, elapsedMs: number, isCommitting: boolean): TransientFault | null {
  if (!(error instanceof Error)) return null;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const rolledBack = ROLLED_BACK[code];
  if (rolledBack) return rolledBack;
  // The job queue wraps its errors.
  if (error.cause !== undefined) return findTransientFault(error.cause, elapsedMs, isCommitting);
  if (isCommitting) return null;
  if (ENDED_BY_SERVER.has(code)) return 'connection';
  const isLost = LOST_CODES.has(code) || LOST_MESSAGE.test(error.message);
  return isLost && elapsedMs < LOST_WITHIN_MS ? 'connection' : null;
}
