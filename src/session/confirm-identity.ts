import { passwordBuckets } from '../attempt/buckets.js';
import { clearAttempts } from '../attempt/clear-attempts.js';
import type { RuleContext } from '../rule-context.js';
import { recordEvent } from '../security-event/record-event.js';
import { refuse } from '../user-error.js';
import type { IssuedSession } from './issue-session.js';
import { proveOwnPassword } from './prove-own-password.js';
import { rotateSession } from './rotate-session.js';
import type { Viewer } from './viewer.js';

/**
 * Opens the step-up window of this session, and of no other: the person proves again who they are, and the session
 * gets a new token. Where two-factor authentication is on the password is not enough, and nothing is spent.
 */
export async function confirmIdentity(context: RuleContext, viewer: Viewer, password: string): Promise<IssuedSession> {
  if (viewer.twoFactorEnabledAt) refuse('SECOND_FACTOR_REQUIRED', 'factor');
  await proveOwnPassword(context, viewer, password, 'password');
  return context.em.transactional(async (em) => {
    const session = await rotateSession(em, context, viewer, { steppedUp: true });
    await clearAttempts(em, passwordBuckets.session(viewer.accountId));
    await recordEvent(em, context, { type: 'IDENTITY_CONFIRMED', accountId: viewer.accountId, sessionId: viewer.sessionId });
    return session;
  });
}
