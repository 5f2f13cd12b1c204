import type { RuleContext } from '../../rules/context.js';
import { passwordBuckets } from '../attempt/buckets.js';
import { verifyPassword } from '../password/verify-password.js';
import { findKnownDevice, deleteDevice } from '../session/known-device.js';
import { canonicalUsername } from '../../text/normalize.js';
import type { AccountForSignIn } from './find-account-for-sign-in.js';
import type { LoginRequest } from './login-request.js';

/** The result of verifying the password of a sign-in. */
export interface PasswordVerification {
  readonly isCorrect: boolean;
  /** The known device of this account that sent the request. */
  readonly deviceId: string | null;
}

/**
 * Verifies the password of a sign-in. Failures on known devices count separately from those on unknown ones, and after
 * too many a known device becomes unknown. Failures with unknown names count too.
 */
export async function verifySignInPassword(
  context: RuleContext,
  account: AccountForSignIn | null,
  deviceToken: string | null,
  { login, password }: LoginRequest,
): Promise<PasswordVerification> {
  const deviceId = account && (await findKnownDevice(context.reader, deviceToken, account));
  const bucket = getBucket(account, deviceId, login);
  const phc = account?.passwordHash ?? null;
  const outcome = await verifyPassword(context, { phc, password, bucket, accountId: account?.id ?? null });
  if (outcome === 'LOCKED') {
    // Compute one hash even if the bucket is locked, so that timing doesn't reveal the lock.
    await context.passwords.verify(null, password);
    if (deviceId !== null) await deleteDevice(context, deviceId);
  }
  return { isCorrect: outcome === true, deviceId };
}

function getBucket(account: AccountForSignIn | null, deviceId: string | null, login: string): string {
  if (account === null) return passwordBuckets.unknownName(canonicalUsername(login));
  return deviceId === null ? passwordBuckets.unknownDevice(account.id) : passwordBuckets.device(deviceId);
}
