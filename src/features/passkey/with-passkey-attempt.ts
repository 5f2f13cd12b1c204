import type { RuleContext } from '../../rules/context.js';
import { addressLimit } from '../attempt/address-limit.js';
import type { AttemptOutcome } from '../attempt/attempt-policy.js';
import { RateLimitedError } from '../attempt/rate-limits.js';
import { afterProof, withAttempt } from '../attempt/with-attempt.js';

/**
 * Verifies an answer and counts a wrong one for the IP address, never for authenticator codes. A caller who
 * proved something before is counted, but not held up: others at the address could lock them out.
 *
 * @param isKnown whether the caller has a session, a password, a link or a known device
 * @throws {RateLimitedError} after too many wrong answers from one IP address
 */
export async function withPasskeyAttempt<Verified>(
  context: RuleContext,
  isKnown: boolean,
  verify: () => Promise<AttemptOutcome<Verified>>,
): Promise<AttemptOutcome<Verified>> {
  if (isKnown) return verifyKnown(context, verify);
  const outcome = await withAttempt(context, addressLimit('passkey'), verify);
  if (outcome !== 'WRONG' && outcome !== 'LOCKED') await context.rateLimits.refundSuccess('passkey', context.caller.ip);
  return outcome;
}

async function verifyKnown<Verified>(
  context: RuleContext,
  verify: () => Promise<AttemptOutcome<Verified>>,
): Promise<AttemptOutcome<Verified>> {
  const outcome = await verify();
  if (outcome === 'WRONG') await afterProof(() => countWrongAnswer(context));
  return outcome;
}

/** Counts a wrong answer. That none is left doesn't matter here. */
const countWrongAnswer = ({ rateLimits, caller }: RuleContext): Promise<unknown> =>
  rateLimits.take('passkey', caller.ip).catch((error: unknown) => {
    if (!(error instanceof RateLimitedError)) throw error;
  });
