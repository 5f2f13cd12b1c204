import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import { transaction, type LockedAccounts } from '../../rules/transaction.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { bucketLimit, rejectWhileLocked } from '../attempt/bucket-limit.js';
import { withAttempt } from '../attempt/with-attempt.js';
import { verifyOwnPassword } from '../password/verify-password.js';
import { isSteppedUp } from '../session/session-lifetime.js';
import type { SecondFactor } from './second-factor.js';
import { getSecondFactorMethod, recordFailedFactor, verifyFactor, type VerifiedFactor } from './verify-factor.js';
import { totpBucket } from './totp.js';

const toFactorOwner = ({ accountId, sessionId }: SessionViewer) => ({ id: accountId, sessionId });

/** A second factor as submitted, its field, and whether it must stand for the password too (D-2). */
export interface OwnFactor {
  readonly factor: SecondFactor;
  readonly field: string;
  readonly isOnlyProof: boolean;
}

/**
 * Verifies the viewer's second factor. Refuses with INVALID_CODE at its field.
 *
 * @throws {RateLimitedError} after too many wrong codes
 */
export async function verifyOwnFactor(
  context: RuleContext,
  viewer: SessionViewer,
  { factor, field, isOnlyProof }: OwnFactor,
): Promise<VerifiedFactor> {
  const verify = () => verifyFactor(context, { ...toFactorOwner(viewer), isOnlyProof }, factor);
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
  {
    factor,
    field,
    locked,
  }: { readonly factor: VerifiedFactor; readonly field: string; readonly locked?: LockedAccounts | undefined },
  change: (context: RuleContext) => Promise<Result>,
): Promise<Result> {
  const outcome = await transaction(
    context,
    viewer,
    async (context) => ((await factor.consume(context, viewer.sessionId)) ? { result: await change(context) } : null),
    locked,
  );
  if (outcome) return outcome.result;
  await recordFailedFactor(context, toFactorOwner(viewer));
  return refuse('INVALID_CODE', field);
}

/**
 * Verifies a second factor and, besides it, the password or an open step-up window; a passkey with user
 * verification needs neither (D-2). A given password is always verified.
 */
export async function verifyFactorAndPassword(
  context: RuleContext,
  viewer: SessionViewer,
  { password, factor, field }: Omit<OwnFactor, 'isOnlyProof'> & { readonly password: string | null },
): Promise<VerifiedFactor> {
  const isOnlyProof = password === null && !isSteppedUp(context, viewer);
  if (isOnlyProof && factor.kind !== 'PASSKEY') refuse('PASSWORD_REQUIRED', 'password');
  if (password !== null) await verifyOwnPassword(context, viewer, password, 'password');
  return verifyOwnFactor(context, viewer, { factor, field, isOnlyProof });
}
