import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import type { Viewer } from '../../rules/viewer.js';
import { bucketLimit, rejectWhileLocked } from '../attempt/bucket-limit.js';
import { withAttempt } from '../attempt/with-attempt.js';
import { verifyOwnPassword } from '../password/verify-password.js';
import { isSteppedUp } from '../session/session-lifetime.js';
import type { SecondFactor } from './second-factor.js';
import { methodOf, recordFailedFactor, verifyFactor, type VerifiedFactor } from './verify-factor.js';
import { totpBucket } from './totp.js';

const ownerOf = ({ accountId, sessionId }: Viewer) => ({ id: accountId, sessionId });

/**
 * Verifies the second factor of the user at a session. Refuses with INVALID_CODE at the field that holds it.
 *
 * @throws {RateLimited} when too many were wrong
 */
export async function verifyOwnFactor(
  context: RuleContext,
  viewer: Viewer,
  factor: SecondFactor,
  field: string,
): Promise<VerifiedFactor> {
  const verify = () => verifyFactor(context, ownerOf(viewer), factor);
  const bucket = methodOf(context, factor.kind).sessionBucket?.(viewer.accountId);
  const outcome = bucket ? await withAttempt(context, bucketLimit(bucket), verify) : await verify();
  if (outcome === 'LOCKED') await rejectWhileLocked(context, bucket ?? totpBucket(viewer.accountId));
  return typeof outcome === 'string' ? refuse('INVALID_CODE', field) : outcome;
}

/**
 * Makes a change with a verified factor, which is consumed in the same transaction. Refuses where that was done since.
 */
export async function changeWithOwnFactor<Result>(
  context: RuleContext,
  viewer: Viewer,
  { factor, field }: { readonly factor: VerifiedFactor; readonly field: string },
  change: (context: RuleContext) => Promise<Result>,
): Promise<Result> {
  const outcome = await transaction(context, viewer, async (context) =>
    (await factor.consume(context, viewer.sessionId)) ? { result: await change(context) } : null,
  );
  if (outcome) return outcome.result;
  await recordFailedFactor(context, ownerOf(viewer));
  return refuse('INVALID_CODE', field);
}

/**
 * What stands beside a fresh factor: the step-up window, or the password where that is closed, so that one code is
 * enough. A password that is given is always verified.
 */
export async function verifyPresence(context: RuleContext, viewer: Viewer, password: string | null): Promise<void> {
  if (password !== null) await verifyOwnPassword(context, viewer, password, 'password');
  else if (!isSteppedUp(context, viewer)) refuse('PASSWORD_REQUIRED', 'password');
}
