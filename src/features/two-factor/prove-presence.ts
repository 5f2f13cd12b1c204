import { passwordBuckets } from '../attempt/buckets.js';
import { clearAttempts } from '../attempt/clear-attempts.js';
import type { RuleContext } from '../../rules/context.js';
import { proveOwnPassword } from '../password/verify-own-password.js';
import { isSteppedUp } from '../session/step-up.js';
import type { Viewer } from '../../rules/viewer.js';
import { refuse } from '../../rules/refuse.js';

/**
 * What stands beside a fresh factor: the step-up window, or the password where that is closed, so that one code is
 * enough. A password that is given is always looked at.
 */
export async function provePresence(context: RuleContext, viewer: Viewer, password: string | null): Promise<void> {
  if (password === null) return isSteppedUp(context, viewer) ? undefined : refuse('PASSWORD_REQUIRED', 'password');
  await proveOwnPassword(context, viewer, password, 'password');
  await clearAttempts(context.em, passwordBuckets.session(viewer.accountId));
}
