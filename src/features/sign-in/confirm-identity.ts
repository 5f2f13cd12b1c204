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
  /** Not needed with a passkey that verified the user. */
  readonly password: string | null;
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
  const isOn = viewer.twoFactorEnabledAt !== null;
  const isOnlyProof = isOn && password === null && factor?.kind === 'PASSKEY';
  if (password === null && !isOnlyProof) refuse('PASSWORD_REQUIRED', 'password');
  if (!isOn && password !== null) {
    await verifyOwnPassword(context, viewer, password, 'password');
    return transaction(context, viewer, (context) => openStepUp(context, viewer, { methods: ['pwd'] }));
  }
  if (factor === null) refuse('SECOND_FACTOR_REQUIRED', 'factor');
  if (password !== null) await verifyOwnPassword(context, viewer, password, 'password');
  const verified = await verifyOwnFactor(context, viewer, { factor, field: 'factor', isOnlyProof });
  // A session that used an app or a passkey has not lost it (D-2).
  const used = verified.kind === 'BACKUP_CODE' ? {} : { verifiedFactor: verified.kind };
  const methods = [...(password === null ? [] : (['pwd'] as const)), ...verified.methods];
  return changeWithOwnFactor(context, viewer, { factor: verified, field: 'factor' }, (context) =>
    openStepUp(context, viewer, { ...used, methods }),
  );
}

async function openStepUp(
  context: RuleContext,
  viewer: SessionViewer,
  used: Pick<Rotation, 'verifiedFactor' | 'methods'>,
): Promise<IssuedSession> {
  const { accountId, sessionId } = viewer;
  await recordEvent(context, { type: 'IDENTITY_CONFIRMED', accountId, sessionId });
  return rotateSession(context, viewer, { ...used, steppedUp: true });
}
