import type { RuleContext } from '../../rules/context.js';
import { canonicalUsername } from '../../text/normalize.js';
import { dailyPasswordPolicy, passwordPolicy } from '../attempt/attempt-policy.js';
import { bucketLimit, failureLimit } from '../attempt/bucket-limit.js';
import { passwordBuckets } from '../attempt/buckets.js';
import type { AttemptLimit } from '../attempt/with-attempt.js';
import { findKnownDevice } from '../session/known-device.js';
import { findKnownNetwork } from '../session/known-network.js';
import type { AccountForSignIn } from './find-account-for-sign-in.js';

/** Where a sign-in comes from: a known device, a known network, or neither. Each has its own limits (R-19, D-12). */
export type SignInOrigin =
  | { readonly kind: 'DEVICE'; readonly deviceId: string }
  | { readonly kind: 'NETWORK'; readonly network: string }
  | { readonly kind: 'UNKNOWN' };

/** Takes the place of an account in reads, so that unknown names cause the same statements as known ones. */
const NO_ACCOUNT = '00000000-0000-0000-0000-000000000000';

/** Finds out where a sign-in comes from. Without an account it is always unknown. */
export async function findSignInOrigin(
  context: RuleContext,
  account: AccountForSignIn | null,
  deviceToken: string | null,
): Promise<SignInOrigin> {
  const deviceId = account && (await findKnownDevice(context.reader, deviceToken, account));
  if (deviceId !== null) return { kind: 'DEVICE', deviceId };
  const network = await findKnownNetwork(context, account?.id ?? NO_ACCOUNT);
  return network === null ? { kind: 'UNKNOWN' } : { kind: 'NETWORK', network };
}

/** The limits on passwords from an origin, besides the one of the IP address. The first is taken first. */
export function passwordLimits(
  account: AccountForSignIn | null,
  origin: SignInOrigin,
  login: string,
): readonly AttemptLimit<true>[] {
  if (account === null) {
    const name = canonicalUsername(login);
    return strangerLimits(passwordBuckets.unknownName(name), passwordBuckets.unknownNameDaily(name), null);
  }
  const { id: accountId } = account;
  if (origin.kind === 'UNKNOWN')
    return strangerLimits(
      passwordBuckets.unknownDevice(accountId),
      passwordBuckets.unknownDeviceDaily(accountId),
      accountId,
    );
  const bucket =
    origin.kind === 'DEVICE'
      ? passwordBuckets.device(origin.deviceId)
      : passwordBuckets.knownNetwork(accountId, origin.network);
  return [bucketLimit({ bucket, policy: passwordPolicy, accountId })];
}

/** While the first is locked, attempts don't count for the day: no proof is verified then. */
const strangerLimits = (bucket: string, dailyBucket: string, accountId: string | null) => [
  bucketLimit({ bucket, policy: passwordPolicy, accountId }),
  failureLimit({ bucket: dailyBucket, policy: dailyPasswordPolicy, accountId }),
];
