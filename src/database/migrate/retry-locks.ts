import { setTimeout as pause } from 'node:timers/promises';

/** How migrations wait for tables that other transactions use. */
export interface LockWaits {
  /** How long one wait lasts (in ms). Everyone else who uses the table waits behind it. */
  readonly timeoutMs: number;
  /** How long those who waited have the table to themselves before the next try (in ms). */
  readonly pauseMs: number;
  readonly tries: number;
}

/** A wait ends before those of requests do, which last 4 seconds. The tries take five minutes, as a backup may. */
export const lockWaits: LockWaits = { timeoutMs: 2_000, pauseMs: 3_000, tries: 60 };

/** Another transaction uses a table for so long that the migrations gave up. They changed nothing. */
export class TablesInUseError extends Error {}

/** PostgreSQL's error code for a lock that was not available in time. */
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Repeats a transaction that could not lock a table in time.
 *
 * @throws {TablesInUseError} after the last try
 */
export async function retryLocks<Result>(work: () => Promise<Result>, { pauseMs, tries }: LockWaits): Promise<Result> {
  for (let left = tries - 1; ; left -= 1) {
    try {
      return await work();
    } catch (error) {
      if (!isLockTimeout(error)) throw error;
      if (left <= 0) throw new TablesInUseError('a table is in use', { cause: error });
    }
    await pause(pauseMs);
  }
}

/** Whether a lock was not available in time. The migrator wraps the error of the driver. */
function isLockTimeout(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && error.code === LOCK_NOT_AVAILABLE) || isLockTimeout(error.cause);
}
