import { passwordBuckets } from '../attempt/buckets.js';
import { clearAttempts } from '../attempt/clear-attempts.js';
import type { EntityManager } from '../../database/connection/database.js';
import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';
import type { IssuedSession } from '../session/issue-session.js';
import { proveOwnPassword } from '../password/verify-own-password.js';
import { rotateSession } from '../session/rotate-session.js';
import type { Viewer } from '../../rules/viewer.js';
import { changeWithOwnFactor, proveOwnFactor } from '../two-factor/own-factor.js';
import type { SecondFactor } from '../two-factor/second-factor.js';
import { refuse } from '../../rules/refuse.js';

/** What a person offers to prove again who they are. */
export interface IdentityProof {
  readonly password: string;
  /** Needed where two-factor authentication is on, and nothing where it is off. */
  readonly factor: SecondFactor | null;
}

/**
 * Opens the step-up window of this session, and of no other: the person proves again who they are, and the session
 * gets a new token. Where two-factor authentication is on and no factor is given, nothing is spent.
 */
export async function confirmIdentity(
  context: RuleContext,
  viewer: Viewer,
  { password, factor }: IdentityProof,
): Promise<IssuedSession> {
  const open = (em: EntityManager) => openStepUp(em, context, viewer);
  if (viewer.twoFactorEnabledAt === null) {
    await provePassword(context, viewer, password);
    return context.em.transactional(open);
  }
  if (factor === null) refuse('SECOND_FACTOR_REQUIRED', 'factor');
  await provePassword(context, viewer, password);
  const proven = await proveOwnFactor(context, viewer, factor, 'factor');
  return changeWithOwnFactor(context, viewer, { factor: proven, field: 'factor' }, open);
}

async function provePassword(context: RuleContext, viewer: Viewer, password: string): Promise<void> {
  await proveOwnPassword(context, viewer, password, 'password');
  await clearAttempts(context.em, passwordBuckets.session(viewer.accountId));
}

async function openStepUp(em: EntityManager, context: RuleContext, viewer: Viewer): Promise<IssuedSession> {
  const { accountId, sessionId } = viewer;
  await recordEvent(em, context, { type: 'IDENTITY_CONFIRMED', accountId, sessionId });
  return rotateSession(em, context, viewer, { steppedUp: true });
}
