import type { RuleContext } from '../../rules/context.js';
import type { AttemptOutcome } from '../attempt/attempt-policy.js';
import { afterProof } from '../attempt/with-attempt.js';
import { recordEvent } from '../security-event/record-event.js';
import type { SecondFactorKind } from '../../rules/second-factor-kind.js';
import type {
  FactorOwner,
  SecondFactor,
  SecondFactorMethod as Method,
  VerifiedFactor as Verified,
} from './second-factor.js';

/** A kind of second factor, with the context of rules. */
export type SecondFactorMethod = Method<RuleContext>;

/** A verified factor, with the context of rules. */
export type VerifiedFactor = Verified<RuleContext>;

/** The method of a kind of factor. */
export function getSecondFactorMethod(
  { secondFactors }: Pick<RuleContext, 'secondFactors'>,
  kind: SecondFactorKind,
): SecondFactorMethod {
  const method = secondFactors.find((candidate) => candidate.kind === kind);
  if (!method) throw new Error(`unknown kind of second factor: ${kind}`);
  return method;
}

/**
 * Verifies a second factor of an account, wherever one is required: sign-in, step-up, turning it off, regenerating
 * codes and recovery. Records a wrong one.
 */
export async function verifyFactor(
  context: RuleContext,
  owner: FactorOwner,
  factor: SecondFactor,
): Promise<AttemptOutcome<VerifiedFactor>> {
  const outcome = await getSecondFactorMethod(context, factor.kind).verify(context, owner, factor);
  if (outcome === 'WRONG') await afterProof(() => recordFailedFactor(context, owner));
  return outcome;
}

/** Records a wrong second factor. Call it outside of the transaction that the failure rolls back. */
export const recordFailedFactor = (context: RuleContext, { id, sessionId = null }: FactorOwner): Promise<void> =>
  recordEvent(context, {
    type: 'SECOND_FACTOR_FAILED',
    outcome: 'REFUSED',
    accountId: id,
    actorId: sessionId && id,
    sessionId,
  });
