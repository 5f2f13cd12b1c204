import type { RuleContext } from '../../rules/context.js';
import { attempts } from '../../telemetry/account-metrics.js';
import type { AttemptOutcome } from './attempt-policy.js';

/** A limit on attempts at a proof. */
export interface AttemptLimit<Taken> {
  /** Names it in metrics; one of a few. */
  readonly name: string;
  /**
   * Counts one attempt, in a statement that commits separately.
   *
   * @returns null if none is left
   */
  take(context: RuleContext): Promise<Taken | null>;
  /** Refunds an attempt whose proof was not verified. */
  refund(context: RuleContext, taken: Taken): Promise<void>;
  /** Clears the failures after a correct proof. Not needed where consuming the proof deletes its counter. */
  clear?(context: RuleContext, taken: Taken): Promise<void>;
}

/** Errors thrown after a proof was verified. Attempts at it stay counted, at every limit. */
const thrownAfterProof = new WeakSet<Error>();

/** Runs what follows a verified proof, such as recording a failure. If it throws, no attempt is refunded. */
export async function afterProof<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error) thrownAfterProof.add(error);
    throw error;
  }
}

/**
 * Verifies a proof and counts the attempt. The attempt is counted before the proof is verified, so that concurrent
 * requests can't exceed the limit, and outside of any transaction, so that a rollback can't refund it. It is
 * refunded if `verify` throws before the proof was verified, and cleared on success.
 *
 * @param verify can count an attempt at another limit too; if that one is locked, the proof counts as wrong here. What
 * it does after the proof was verified must run in `afterProof`.
 * @throws {Error} inside a transaction, whose rollback would refund the attempt
 */
export async function withAttempt<Taken, Verified>(
  context: RuleContext,
  limit: AttemptLimit<Taken>,
  verify: (taken: Taken) => Promise<AttemptOutcome<Verified>>,
): Promise<AttemptOutcome<Verified>> {
  if (context.em.isInTransaction()) throw new Error('attempts must be taken outside a transaction');
  const taken = await limit.take(context);
  const count = (outcome: string) => attempts.inc({ limit: limit.name, outcome });
  if (taken === null) {
    count('LOCKED');
    return 'LOCKED';
  }
  const outcome = await verify(taken).catch(async (error: unknown) => {
    if (!(error instanceof Error && thrownAfterProof.has(error))) {
      await limit.refund(context, taken);
      count('REFUNDED');
    }
    throw error;
  });
  const isVerified = outcome !== 'WRONG' && outcome !== 'LOCKED';
  count(isVerified ? 'VERIFIED' : 'WRONG');
  if (!isVerified) return 'WRONG';
  await afterProof(async () => limit.clear?.(context, taken));
  return outcome;
}

/** Like `withAttempt`, at several limits. The first is taken first. */
export const withAttempts = <Verified>(
  context: RuleContext,
  limits: readonly AttemptLimit<true>[],
  verify: () => Promise<AttemptOutcome<Verified>>,
): Promise<AttemptOutcome<Verified>> =>
  limits.reduceRight((inner, limit) => () => withAttempt(context, limit, inner), verify)();
