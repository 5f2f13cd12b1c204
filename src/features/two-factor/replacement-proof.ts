import type { RuleContext } from '../../rules/context.js';
import { refuseAll, userError } from '../../rules/refuse.js';
import { transaction, type LockedAccounts } from '../../rules/transaction.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { verifyOwnPassword } from '../password/verify-password.js';
import { replacesLostFactor } from '../session/session-lifetime.js';
import { changeWithOwnFactor, verifyOwnFactor } from './own-factor.js';
import type { SecondFactor } from './second-factor.js';

/** What a user provides to replace, add or remove a second factor. */
export interface ReplacementProof {
  readonly password: string | null;
  readonly factor: SecondFactor | null;
}

/** What a change needs as its proof. */
export interface ProofPolicy {
  /** Whether the password is needed while two-factor authentication is off, too. */
  readonly needsPassword: boolean;
  /** Whether a session opened with a backup code needs a factor, too. */
  readonly needsFactor?: boolean;
  /** Further accounts that the change locks. */
  readonly locked?: LockedAccounts;
}

/**
 * Verifies the proof and runs the change in one transaction. While two-factor authentication is on, it needs the
 * password and a second factor in the call, since it is worth as much as turning it off; a passkey with user
 * verification stands for both (D-2). A session opened with a backup code needs only the password, so that the last
 * backup code is enough to replace a lost phone. A missing proof doesn't count as an attempt, and a given password is
 * always verified.
 */
export async function changeWithReplacementProof<Result>(
  context: RuleContext,
  viewer: SessionViewer,
  { password, factor }: ReplacementProof,
  { needsPassword, needsFactor = false, locked }: ProofPolicy,
  change: (context: RuleContext) => Promise<Result>,
): Promise<Result> {
  const isOn = viewer.twoFactorEnabledAt !== null;
  const isOnlyProof = isOn && password === null && factor?.kind === 'PASSKEY';
  const isPasswordMissing = password === null && !isOnlyProof && (isOn || needsPassword);
  const isFactorMissing = factor === null && isOn && (needsFactor || !replacesLostFactor(viewer));
  refuseAll([
    ...(isPasswordMissing ? [userError('PASSWORD_REQUIRED', 'password')] : []),
    ...(isFactorMissing ? [userError('SECOND_FACTOR_REQUIRED', 'factor')] : []),
  ]);
  if (password !== null) await verifyOwnPassword(context, viewer, password, 'password');
  if (!isOn || factor === null) return transaction(context, viewer, change, locked);
  const verified = await verifyOwnFactor(context, viewer, { factor, field: 'factor', isOnlyProof });
  return changeWithOwnFactor(context, viewer, { factor: verified, field: 'factor', locked }, change);
}
