import { encodeTotpSecret, newTotpSecret, otpauthUri } from '../../crypto/totp.js';
import type { RuleContext } from '../../rules/context.js';
import { refuseAll, userError } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { verifyOwnPassword } from '../password/verify-password.js';
import { recordEvent } from '../security-event/record-event.js';
import { startEnrolment } from './enrolment.js';
import { changeWithOwnFactor, verifyOwnFactor } from './own-factor.js';
import { replacesLostFactor } from '../session/session-lifetime.js';
import type { SecondFactor } from './second-factor.js';

/** A new enrolment, whose secret can't be read again later. */
export interface StartedEnrolment {
  readonly secret: string;
  readonly otpauthUri: string;
  readonly expiresAt: Date;
}

/** What a user provides to replace the app. Not needed while two-factor authentication is off. */
export interface ReplacementProof {
  readonly password: string | null;
  readonly factor: SecondFactor | null;
}

/**
 * Starts an enrolment with a new secret, replacing a pending one. The current app keeps working until the first code of
 * the new one confirms the enrolment. Replacing an app needs the password and a second factor in the call, since
 * it is worth as much as turning the app off (D-2). A session opened with a backup code needs only the password, so
 * that the last backup code is enough to replace a lost phone.
 */
export async function enableTwoFactor(
  context: RuleContext,
  viewer: SessionViewer,
  proof: ReplacementProof,
): Promise<StartedEnrolment> {
  const secret = newTotpSecret();
  const expiresAt = await start(context, viewer, proof, (context) => storeEnrolment(context, viewer, secret));
  const uri = otpauthUri({ issuer: context.config.twoFactorIssuer, account: viewer.username, secret });
  return { secret: encodeTotpSecret(secret), otpauthUri: uri, expiresAt };
}

/**
 * Verifies the proof and runs the change in one transaction. A missing proof doesn't count as an attempt, and a given
 * password is always verified.
 */
async function start<Result>(
  context: RuleContext,
  viewer: SessionViewer,
  { password, factor }: ReplacementProof,
  change: (context: RuleContext) => Promise<Result>,
): Promise<Result> {
  const isReplacement = viewer.twoFactorEnabledAt !== null;
  const needsFactor = isReplacement && !replacesLostFactor(viewer);
  refuseAll([
    ...(isReplacement && password === null ? [userError('PASSWORD_REQUIRED', 'password')] : []),
    ...(needsFactor && factor === null ? [userError('SECOND_FACTOR_REQUIRED', 'factor')] : []),
  ]);
  if (password !== null) await verifyOwnPassword(context, viewer, password, 'password');
  if (!isReplacement || factor === null) return transaction(context, viewer, change);
  const verified = await verifyOwnFactor(context, viewer, factor, 'factor');
  return changeWithOwnFactor(context, viewer, { factor: verified, field: 'factor' }, change);
}

async function storeEnrolment(context: RuleContext, viewer: SessionViewer, secret: Buffer): Promise<Date> {
  const { accountId, sessionId } = viewer;
  const expiresAt = await startEnrolment(context, viewer, secret);
  await recordEvent(context, { type: 'TWO_FACTOR_STARTED', accountId, sessionId });
  return expiresAt;
}
