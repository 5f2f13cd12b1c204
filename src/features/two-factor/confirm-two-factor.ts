import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { changeAccount } from '../account/change-account.js';
import { recordEvent } from '../security-event/record-event.js';
import type { IssuedSession } from '../session/issue-session.js';
import { rotateSession } from '../session/rotate-session.js';
import { generateBackupCodes, replaceBackupCodes } from './backup-codes.js';
import { consumeEnrolment, verifyEnrolment, type VerifiedEnrolment } from './enrolment.js';
import { recordFailedFactor } from './verify-factor.js';
import { encryptTotpSecret } from './totp-secret.js';
import { TwoFactorEntity } from './two-factor.entity.js';

/** The session with its new token, and the backup codes. */
export interface ConfirmedTwoFactor {
  readonly session: IssuedSession;
  /** Null if the account keeps its backup codes, because it has a passkey and no app yet. */
  readonly backupCodes: readonly string[] | null;
}

/**
 * Turns on two-factor authentication, or replaces the app, with the first code of the pending enrolment. All other
 * sessions, challenges and known devices are revoked; in this session the second factor counts as verified.
 *
 * @throws {RateLimitedError} after too many wrong codes
 */
export async function confirmTwoFactor(
  context: RuleContext,
  viewer: SessionViewer,
  code: string,
): Promise<ConfirmedTwoFactor> {
  const { accountId, sessionId } = viewer;
  const enrolment = await verifyCode(context, viewer, code);
  const generated = generateBackupCodes(context, accountId);
  return transaction(context, viewer, async (context) => {
    if (!(await consumeEnrolment(context, accountId, enrolment.id))) refuse('INVALID_CODE', 'code');
    const authVersion = viewer.authVersion + 1;
    await changeAccount(context, accountId, { auth_version: authVersion });
    const keepsCodes = await hasOnlyPasskeys(context, accountId);
    await enable(context, accountId, enrolment);
    if (!keepsCodes) await replaceBackupCodes(context, accountId, generated);
    await recordEvent(context, { type: 'TWO_FACTOR_ENABLED', accountId, sessionId });
    const verified = { verifiedFactor: 'TOTP', methods: ['otp'] } as const;
    const session = await rotateSession(context, viewer, { authVersion, ...verified, steppedUp: false });
    return { session, backupCodes: keepsCodes ? null : generated.codes };
  });
}

/** Whether two-factor authentication is on without an app. */
const hasOnlyPasskeys = async ({ em }: Pick<RuleContext, 'em'>, account: string): Promise<boolean> =>
  (await em.count(TwoFactorEntity, { account, secretCiphertext: null })) > 0;

async function verifyCode(context: RuleContext, viewer: SessionViewer, code: string): Promise<VerifiedEnrolment> {
  const { accountId, sessionId } = viewer;
  const outcome = await verifyEnrolment(context, viewer, code);
  if (typeof outcome !== 'string') return outcome;
  if (outcome === 'WRONG') await recordFailedFactor(context, { id: accountId, sessionId });
  return refuse('INVALID_CODE', 'code');
}

/** The confirming code is consumed like any other. */
const enable = ({ em, keys, now }: RuleContext, account: string, { secret, step }: VerifiedEnrolment) =>
  em.upsert(TwoFactorEntity, {
    account,
    enabledAt: now,
    secretCiphertext: encryptTotpSecret(keys, 'two_factors', account, secret),
    lastStep: step,
  });
