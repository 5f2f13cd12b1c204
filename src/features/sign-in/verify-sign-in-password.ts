import type { RuleContext } from '../../rules/context.js';
import { addressLimit } from '../attempt/address-limit.js';
import { withAttempt } from '../attempt/with-attempt.js';
import { verifyPassword } from '../password/verify-password.js';
import { deleteDevice } from '../session/known-device.js';
import type { AccountForSignIn } from './find-account-for-sign-in.js';
import type { LoginRequest } from './login-request.js';
import { passwordLimits, type SignInOrigin } from './sign-in-origin.js';

/**
 * Verifies the password of a sign-in. A known device has only its own limit, so that a flood from its IP address can't
 * lock it out, and after too many failures it becomes unknown. Failures of unknown names count too.
 *
 * @throws {RateLimitedError} after too many failures from one IP address
 */
export async function verifySignInPassword(
  context: RuleContext,
  account: AccountForSignIn | null,
  origin: SignInOrigin,
  input: LoginRequest,
): Promise<boolean> {
  const phc = account?.passwordHash ?? null;
  const limits = passwordLimits(account, origin, input.login);
  const verify = () => verifyPassword(context, { phc, password: input.password, limits, hidesLock: true });
  if (origin.kind !== 'DEVICE') return (await withAttempt(context, addressLimit('password'), verify)) === true;
  const outcome = await verify();
  if (outcome === 'LOCKED') await deleteDevice(context, origin.deviceId);
  return outcome === true;
}
