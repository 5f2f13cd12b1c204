import { passwordBuckets } from '../attempt/buckets.js';
import { provePassword } from '../password/password-proof.js';
import type { RuleContext } from '../../rules/context.js';
import { findKnownDevice, forgetDevice } from '../session/known-device.js';
import { canonicalUsername } from '../../text/normalize.js';
import type { AccountForSignIn } from './find-account-for-sign-in.js';
import type { LoginWish } from './login-wish.js';

/** What the look at the password of a sign-in found. */
export interface SignInProof {
  readonly isRight: boolean;
  /** Where the failures were counted that a right password clears. */
  readonly bucket: string;
  /** The known device of this account that the request came from. */
  readonly deviceId: string | null;
}

/**
 * Looks at the password of a sign-in. Failures from a known device count apart from those of strangers, and a device on
 * which too many were tried becomes a stranger; a name that nobody has counts in a place like any other.
 */
export async function proveSignInPassword(
  context: RuleContext,
  account: AccountForSignIn | null,
  deviceToken: string | null,
  { login, password }: LoginWish,
): Promise<SignInProof> {
  const deviceId = account && (await findKnownDevice(context.reader, deviceToken, account));
  const bucket = bucketOf(account, deviceId, login);
  const outcome = await provePassword(context, {
    phc: account?.passwordHash ?? null,
    password,
    bucket,
    accountId: account?.id ?? null,
  });
  if (deviceId !== null && outcome === 'LOCKED') await forgetDevice(context.em, deviceId);
  return { isRight: outcome === 'RIGHT', bucket, deviceId };
}

function bucketOf(account: AccountForSignIn | null, deviceId: string | null, login: string): string {
  if (account === null) return passwordBuckets.unknownName(canonicalUsername(login));
  return deviceId === null ? passwordBuckets.stranger(account.id) : passwordBuckets.device(deviceId);
}
