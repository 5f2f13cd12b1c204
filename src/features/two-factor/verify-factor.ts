import type { RuleContext } from '../../rules/context.js';
import type { AttemptOutcome } from '../attempt/attempt-policy.js';
import { recordEvent } from '../security-event/record-event.js';
import type {
  FactorOwner,
  SecondFactor,
  SecondFactorKind,
  SecondFactorMethod as Method,
  VerifiedFactor as Verified,
} from './second-factor.js';

/** A kind of second factor, as rules work with it. */
export type SecondFactorMethod = Method<RuleContext>;

/** A factor that was verified, as rules work with it. */
export type VerifiedFactor = Verified<RuleContext>;

/** The method of a kind of factor. */
export function methodOf(
  { secondFactors }: Pick<RuleContext, 'secondFactors'>,
  kind: SecondFactorKind,
): SecondFactorMethod {
  const method = secondFactors.find((one) => one.kind === kind);
  if (!method) throw new Error(`no second factor of the kind ${kind} is listed`);
  return method;
}

/**
 * Verifies a second factor of an account: the one rule for all that asks for one (signing in, step-up, disabling,
 * regenerating, recovery). A wrong one is recorded.
 */
export async function verifyFactor(
  context: RuleContext,
  owner: FactorOwner,
  { kind, code }: SecondFactor,
): Promise<AttemptOutcome<VerifiedFactor>> {
  const outcome = await methodOf(context, kind).verify(context, owner, code);
  if (outcome === 'WRONG') await recordFailedFactor(context, owner);
  return outcome;
}

/** Records that a second factor was wrong: outside of any transaction that its failure rolls back. */
export const recordFailedFactor = (context: RuleContext, { id, sessionId = null }: FactorOwner): Promise<void> =>
  recordEvent(context, {
    type: 'SECOND_FACTOR_FAILED',
    outcome: 'REFUSED',
    accountId: id,
    actorId: sessionId && id,
    sessionId,
  });
