import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { changeAccount } from '../account/change-account.js';
import { recordEvent } from '../security-event/record-event.js';
import type { IssuedSession } from '../session/issue-session.js';
import { rotateSession } from '../session/rotate-session.js';
import { hasApp } from './find-two-factor.js';
import { changeWithOwnFactor, verifyFactorAndPassword } from './own-factor.js';
import { removeApp } from './remove-two-factor.js';
import type { SecondFactor } from './second-factor.js';

/** What a user provides to turn off two-factor authentication. */
export interface DisableProof {
  readonly factor: SecondFactor;
  readonly password: string | null;
}

/**
 * Removes the authenticator app, which turns off two-factor authentication unless the account has a passkey. Requires a
 * second factor in the same call. Everything is removed in one transaction. Other sessions are revoked, and this
 * one continues with a new token and a closed step-up window.
 */
export async function disableTwoFactor(
  context: RuleContext,
  viewer: SessionViewer,
  proof: DisableProof,
): Promise<IssuedSession> {
  const { accountId, sessionId } = viewer;
  if (!(await hasApp(context.reader, accountId))) refuse('TWO_FACTOR_NOT_ENABLED');
  const factor = await verifyFactorAndPassword(context, viewer, { ...proof, field: 'factor' });
  return changeWithOwnFactor(context, viewer, { factor, field: 'factor' }, async (context) => {
    const authVersion = viewer.authVersion + 1;
    await changeAccount(context, accountId, { auth_version: authVersion });
    const detail = (await removeApp(context, accountId)) ? null : 'PASSKEYS_LEFT';
    await recordEvent(context, { type: 'TWO_FACTOR_DISABLED', accountId, sessionId, detail });
    // Otherwise a stolen session could replace the app without the password, by turning it off and on again.
    return rotateSession(context, viewer, { authVersion, steppedUp: false, closesStepUp: true });
  });
}
