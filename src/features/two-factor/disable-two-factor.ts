import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { changeAccount } from '../account/change-account.js';
import { recordEvent } from '../security-event/record-event.js';
import type { IssuedSession } from '../session/issue-session.js';
import { rotateSession } from '../session/rotate-session.js';
import { changeWithOwnFactor, verifyOwnFactor, requirePasswordOrStepUp } from './own-factor.js';
import { removeTwoFactor } from './remove-two-factor.js';
import type { SecondFactor } from './second-factor.js';

/** What a user provides to turn off two-factor authentication. */
export interface DisableProof {
  readonly factor: SecondFactor;
  readonly password: string | null;
}

/**
 * Turns off two-factor authentication. Requires a second factor in the same call. Everything is removed in one
 * transaction. Other sessions are revoked, and this one continues with a new token and a closed step-up
 * window.
 */
export async function disableTwoFactor(
  context: RuleContext,
  viewer: SessionViewer,
  proof: DisableProof,
): Promise<IssuedSession> {
  const { accountId, sessionId } = viewer;
  if (viewer.twoFactorEnabledAt === null) refuse('TWO_FACTOR_NOT_ENABLED');
  await requirePasswordOrStepUp(context, viewer, proof.password);
  const factor = await verifyOwnFactor(context, viewer, proof.factor, 'factor');
  return changeWithOwnFactor(context, viewer, { factor, field: 'factor' }, async (context) => {
    const authVersion = viewer.authVersion + 1;
    await changeAccount(context, accountId, { auth_version: authVersion });
    await removeTwoFactor(context, accountId);
    await recordEvent(context, { type: 'TWO_FACTOR_DISABLED', accountId, sessionId });
    // Otherwise a stolen session could replace the app without the password, by turning it off and on again.
    return rotateSession(context, viewer, { authVersion, steppedUp: false, closesStepUp: true });
  });
}
