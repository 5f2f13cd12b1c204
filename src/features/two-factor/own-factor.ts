import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { bucketLimit, rejectWhileLocked } from '../attempt/bucket-limit.js';
import { withAttempt } from '../attempt/with-attempt.js';
import { verifyOwnPassword } from '../password/verify-password.js';
import { isSteppedUp } from '../session/session-lifetime.js';
import type { SecondFactor } from './second-factor.js';
import { getSecondFactorMethod, recordFailedFactor, verifyFactor, type VerifiedFactor } from './verify-factor.js';
import { totpBucket } from './totp.js';

const toFactorOwner = ({ accountId, sessionId }: SessionViewer) => ({ id: accountId, sessionId });

/**
 * Verifies the viewer's second factor. Refuses with INVALID_CODE at the given field.
 *
 * @throws {RateLimitedError} after too many wrong codes
 */
export async function verifyOwnFactor(
  context: RuleContext,
  viewer: SessionViewer,
  factor: SecondFactor,
  field: string,
): Promise<VerifiedFactor> {
  const verify = () => verifyFactor(context, toFactorOwner(viewer), factor);
  const bucket = getSecondFactorMethod(context, factor.kind).sessionBucket?.(viewer.accountId);
  const outcome = bucket ? await withAttempt(context, bucketLimit(bucket), verify) : await verify();
  if (outcome === 'LOCKED') await rejectWhileLocked(context, bucket ?? totpBucket(viewer.accountId));
  return typeof outcome === 'string' ? refuse('INVALID_CODE', field) : outcome;
}

/**
 * Runs a change and consumes a verified factor in one transaction. Refuses if the factor was consumed in the meantime.
 */
export async function changeWithOwnFactor<Result>(
  context: RuleContext,
  viewer: SessionViewer,
  { factor, field }: { readonly factor: VerifiedFactor; readonly field: string },
  change: (context: RuleContext) => Promise<Result>,
): Promise<Result> {
  const outcome = await transaction(context, viewer, async (context) =>
    (await factor.consume(context, viewer.sessionId)) ? { result: await change(context) } : null,
  );
  if (outcome) return outcome.result;
  await recordFailedFactor(context, toFactorOwner(viewer));
  return refuse('INVALID_CODE', field);
}

/**
 * Requires the password, or an open step-up window, in addition to the second factor. A given password is always
 * verified.
 */
export async function requirePasswordOrStepUp(
  context: RuleContext,
  viewer: SessionViewer,
  password: string | null,
): Promise<void> {
  if (password !== null) await verifyOwnPassword(context, viewer, password, 'password');
  else if (!isSteppedUp(context, viewer)) refuse('PASSWORD_REQUIRED', 'password');
}
