import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import type { Viewer } from '../../rules/viewer.js';
import { verifyOwnPassword } from '../password/verify-password.js';
import { recordEvent } from '../security-event/record-event.js';
import type { IssuedSession } from '../session/issue-session.js';
import { rotateSession } from '../session/rotate-session.js';
import { changeWithOwnFactor, verifyOwnFactor } from '../two-factor/own-factor.js';
import type { SecondFactor } from '../two-factor/second-factor.js';

/** What a user offers to verify again who they are. */
export interface IdentityProof {
  readonly password: string;
  /** Needed where two-factor authentication is on, and ignored where it is off. */
  readonly factor: SecondFactor | null;
}

/**
 * Opens the step-up window of this session, and of no other: the user verifies again who they are, and the session gets
 * a new token. Where two-factor authentication is on and no factor is given, no attempt is taken.
 */
export async function confirmIdentity(
  context: RuleContext,
  viewer: Viewer,
  { password, factor }: IdentityProof,
): Promise<IssuedSession> {
  const open = (context: RuleContext) => openStepUp(context, viewer);
  if (viewer.twoFactorEnabledAt === null) {
    await verifyOwnPassword(context, viewer, password, 'password');
    return transaction(context, viewer, open);
  }
  if (factor === null) refuse('SECOND_FACTOR_REQUIRED', 'factor');
  await verifyOwnPassword(context, viewer, password, 'password');
  const verified = await verifyOwnFactor(context, viewer, factor, 'factor');
  return changeWithOwnFactor(context, viewer, { factor: verified, field: 'factor' }, open);
}

async function openStepUp(context: RuleContext, viewer: Viewer): Promise<IssuedSession> {
  const { accountId, sessionId } = viewer;
  await recordEvent(context, { type: 'IDENTITY_CONFIRMED', accountId, sessionId });
  return rotateSession(context, viewer, { steppedUp: true });
}
