import { HashingOverloaded } from '../../crypto/password-hash.js';
import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';
import { passwordPolicy } from '../attempt/attempt-policy.js';
import { giveBackAttempt } from '../attempt/give-back-attempt.js';
import { spendAttempt } from '../attempt/spend-attempt.js';

/** A password to look at, and where the looks are counted. */
export interface PasswordProof {
  /** The PHC string to compare with; null where there is no such account, or it has no password. */
  readonly phc: string | null;
  readonly password: string;
  /** Where the failures are counted. */
  readonly bucket: string;
  /** Whose account it is, where it is known. */
  readonly accountId: string | null;
  /** Whether the caller is told that the place is locked, so that its time has nothing to hide. */
  readonly isLockTold?: boolean;
}

/** What a look at a password found; LOCKED where it was not looked at. */
export type PasswordOutcome = 'RIGHT' | 'WRONG' | 'LOCKED';

/**
 * Looks at a password, after paying for the look. A locked place takes the time of a comparison all the same, so
 * that nobody can tell it from a wrong password; where the caller is told, it takes none, so that nobody keeps
 * others from signing in by trying on. An overloaded server gives the attempt back.
 *
 * @throws {HashingOverloaded}
 */
export async function provePassword(
  context: RuleContext,
  { phc, password, bucket, accountId, isLockTold = false }: PasswordProof,
): Promise<PasswordOutcome> {
  const spent = await spendAttempt(context, bucket, passwordPolicy);
  if (spent.allowed && spent.locks)
    await recordEvent(context.em, context, { type: 'ATTEMPTS_LOCKED', outcome: 'REFUSED', accountId, actorId: null });
  if (!spent.allowed && isLockTold) return 'LOCKED';
  try {
    const matches = await context.passwords.verify(spent.allowed ? phc : null, password);
    if (!spent.allowed) return 'LOCKED';
    return matches ? 'RIGHT' : 'WRONG';
  } catch (error) {
    if (error instanceof HashingOverloaded && spent.allowed) await giveBackAttempt(context.em, bucket);
    throw error;
  }
}
