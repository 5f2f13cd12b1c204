import { HashingOverloadedError } from '../../crypto/password-hash.js';
import type { RuleContext } from '../../rules/context.js';
import type { AttemptOutcome } from './attempt-policy.js';

/** A limit on attempts at a proof. */
export interface AttemptLimit<Taken> {
  /**
   * Counts one attempt, in a statement that commits separately.
   *
   * @returns null if none is left
   */
  take(context: RuleContext): Promise<Taken | null>;
  /** Refunds an attempt if the server was too busy to verify the proof. Not needed where nothing is hashed. */
  refund?(context: RuleContext, taken: Taken): Promise<void>;
  /** Clears the failures after a correct proof. Not needed where consuming the proof deletes its counter. */
  clear?(context: RuleContext, taken: Taken): Promise<void>;
}

/**
 * Verifies a proof and counts the attempt. The attempt is counted before the proof is verified, so that concurrent
 * requests can't exceed the limit, and outside of any transaction, so that a rollback can't refund it. It is
 * refunded if hashing was overloaded, and cleared on success.
 *
 * @param verify can count an attempt at another limit too; if that one is locked, the proof counts as wrong here
 * @throws {Error} inside a transaction, whose rollback would refund the attempt
 */
export async function withAttempt<Taken, Verified>(
  context: RuleContext,
  limit: AttemptLimit<Taken>,
  verify: (taken: Taken) => Promise<AttemptOutcome<Verified>>,
): Promise<AttemptOutcome<Verified>> {
  if (context.em.isInTransaction()) throw new Error('attempts must be taken outside a transaction');
  const taken = await limit.take(context);
  if (taken === null) return 'LOCKED';
  try {
    const outcome = await verify(taken);
    if (outcome === 'WRONG' || outcome === 'LOCKED') return 'WRONG';
    await limit.clear?.(context, taken);
    return outcome;
  } catch (error) {
    if (error instanceof HashingOverloadedError) await limit.refund?.(context, taken);
    throw error;
  }
}
