import { AccountEntity } from '../account/account.entity.js';
import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';
import type { IssuedSession } from '../session/issue-session.js';
import { rotateSession } from '../session/rotate-session.js';
import type { Viewer } from '../../rules/viewer.js';
import { refuse } from '../../rules/refuse.js';
import { changeWithOwnFactor, proveOwnFactor } from './own-factor.js';
import { provePresence } from './prove-presence.js';
import { removeTwoFactor } from './remove-two-factor.js';
import type { SecondFactor } from './second-factor.js';

/** What a person offers to turn two-factor authentication off. */
export interface DisablingProof {
  readonly factor: SecondFactor;
  readonly password: string | null;
}

/**
 * Turns two-factor authentication off, for a fresh factor in this very call. All of it goes at once, the other
 * sessions end, and this one goes on with a new token.
 */
export async function disableTwoFactor(
  context: RuleContext,
  viewer: Viewer,
  proof: DisablingProof,
): Promise<IssuedSession> {
  const { accountId: id, authVersion, sessionId } = viewer;
  if (viewer.twoFactorEnabledAt === null) refuse('TWO_FACTOR_NOT_ENABLED');
  await provePresence(context, viewer, proof.password);
  const factor = await proveOwnFactor(context, viewer, proof.factor, 'factor');
  return changeWithOwnFactor(context, viewer, { factor, field: 'factor' }, async (em) => {
    await em.nativeUpdate(AccountEntity, { id }, { authVersion: authVersion + 1 });
    await removeTwoFactor(em, id);
    await recordEvent(em, context, { type: 'TWO_FACTOR_DISABLED', accountId: id, sessionId });
    return rotateSession(em, context, viewer, { authVersion: authVersion + 1, steppedUp: false });
  });
}
