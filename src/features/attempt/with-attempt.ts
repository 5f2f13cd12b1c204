import { HashingOverloaded } from '../../crypto/password-hash.js';
import type { RuleContext } from '../../rules/context.js';
import type { AttemptOutcome } from './attempt-policy.js';

/** Where attempts at a proof are counted, and how many there are. */
export interface AttemptLimit<Taken> {
  /** Takes one attempt, in one statement that commits alone. @returns null where none is left */
  take(context: RuleContext): Promise<Taken | null>;
  /** Returns an attempt, because the server was too busy to verify the proof; none where nothing is hashed. */
  refund?(context: RuleContext, taken: Taken): Promise<void>;
  /** Forgets the failures after a right proof; none where the proof is consumed with what it earns. */
  clear?(context: RuleContext, taken: Taken): Promise<void>;
}

/**
 * Verifies a proof: the one way to count attempts. The attempt is taken before the proof is verified, so that no burst
 * gets more verifications than the limit allows, and no rollback returns a guess. It is refunded when the server
 * was overloaded, and cleared by a right proof.
 *
 * @param verify may take an attempt at another limit itself: a proof that is locked there is wrong here
 * @throws {Error} inside a transaction, whose rollback would return the attempt
 */
export async function withAttempt<Taken, Verified>(
  context: RuleContext,
  limit: AttemptLimit<Taken>,
  verify: (taken: Taken) => Promise<AttemptOutcome<Verified>>,
): Promise<AttemptOutcome<Verified>> {
  if (context.em.isInTransaction()) throw new Error('an attempt is taken outside of transactions');
  const taken = await limit.take(context);
  if (taken === null) return 'LOCKED';
  try {
    const outcome = await verify(taken);
    if (outcome === 'WRONG' || outcome === 'LOCKED') return 'WRONG';
    await limit.clear?.(context, taken);
    return outcome;
  } catch (error) {
    if (error instanceof HashingOverloaded) await limit.refund?.(context, taken);
    throw error;
  }
}
