import { setTimeout as pause } from 'node:timers/promises';
import { findTransientFault } from '../database/connection/transient-fault.js';
import { transactionRetries } from '../telemetry/transaction-retries.js';

/** How often a transaction is tried. */
const MAXIMUM_TRIES = 3;

/** The longest pause before another try. It depends on the time, so that two transactions don't meet again. */
const LONGEST_PAUSE_MS = 50;

/**
 * Runs a transaction, and repeats it after a transient fault of the database. The fault has rolled everything back, and
 * a change has no effect outside of its transaction, so each try begins like the first.
 *
 * @param work gets a function to call when everything but the commit is done
 */
export async function repeatTransient<Result>(work: (beforeCommit: () => void) => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    const startedAt = performance.now();
    let isCommitting = false;
    try {
      return await work(() => {
        isCommitting = true;
      });
    } catch (error) {
      const fault = findTransientFault(error, performance.now() - startedAt, isCommitting);
      if (fault === null || tries === MAXIMUM_TRIES) throw error;
      transactionRetries.inc({ reason: fault });
    }
    await pause(performance.now() % LONGEST_PAUSE_MS);
  }
}
