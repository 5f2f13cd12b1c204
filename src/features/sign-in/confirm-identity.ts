import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { verifyOwnPassword } from '../password/verify-password.js';
import { recordEvent } from '../security-event/record-event.js';
import type { IssuedSession } from '../session/issue-session.js';
import { rotateSession, type Rotation } from '../session/rotate-session.js';
import { changeWithOwnFactor, verifyOwnFactor } from '../two-factor/own-factor.js';
import type { SecondFactor } from '../two-factor/second-factor.js';

/** What a user provides to confirm their identity. */
export interface IdentityProof {
  readonly password: string;
  /** Required if two-factor authentication is on, otherwise ignored. */
  readonly factor: SecondFactor | null;
}

/**
 * Opens the step-up window of this session only. The user confirms their identity, and the session gets a new token
 * . A missing second factor doesn't count as an attempt.
 */
export async function confirmIdentity(
  context: RuleContext,
  viewer: SessionViewer,
  { password, factor }: IdentityProof,
): Promise<IssuedSession> {
  if (viewer.twoFactorEnabledAt === null) {
    await verifyOwnPassword(context, viewer, password, 'password');
    return transaction(context, viewer, (context) => openStepUp(context, viewer));
  }
  if (factor === null) refuse('SECOND_FACTOR_REQUIRED', 'factor');
  await verifyOwnPassword(context, viewer, password, 'password');
  const verified = await verifyOwnFactor(context, viewer, factor, 'factor');
  // A session that used an app has not lost it (D-2).
  const used = verified.kind === 'TOTP' ? { verifiedFactor: verified.kind } : {};
  return changeWithOwnFactor(context, viewer, { factor: verified, field: 'factor' }, (context) =>
    openStepUp(context, viewer, used),
  );
}

async function openStepUp(
  context: RuleContext,
  viewer: SessionViewer,
  used: Pick<Rotation, 'verifiedFactor'> = {},
): Promise<IssuedSession> {
  const { accountId, sessionId } = viewer;
  await recordEvent(context, { type: 'IDENTITY_CONFIRMED', accountId, sessionId });
  return rotateSession(context, viewer, { ...used, steppedUp: true });
}
