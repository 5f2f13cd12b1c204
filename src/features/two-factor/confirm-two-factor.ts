import { AccountEntity } from '../account/account.entity.js';
import { secondFactorPolicy } from '../attempt/attempt-policy.js';
import { secondFactorBucket } from '../attempt/buckets.js';
import { clearAttempts } from '../attempt/clear-attempts.js';
import { lockedFor } from '../attempt/locked-for.js';
import { RateLimited } from '../attempt/rate-limits.js';
import type { EntityManager } from '../../database/connection/database.js';
import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';
import type { IssuedSession } from '../session/issue-session.js';
import { rotateSession } from '../session/rotate-session.js';
import type { Viewer } from '../../rules/viewer.js';
import { refuse } from '../../rules/refuse.js';
import { makeBackupCodes, replaceBackupCodes } from './issue-backup-codes.js';
import { payForTotp } from './pay-for-totp.js';
import { proveEnrolment, takeEnrolment, type ProvenEnrolment } from './pending-enrolment.js';
import { recordFailedFactor } from './record-failed-factor.js';
import { sealTotpSecret } from './totp-secret.js';
import { TwoFactorEntity } from './two-factor.entity.js';

/** What turning two-factor authentication on gives: the session with a new token, and the backup codes. */
export interface ConfirmedTwoFactor {
  readonly session: IssuedSession;
  readonly backupCodes: readonly string[];
}

/**
 * Turns two-factor authentication on, or replaces the app, for who shows the first code of the pending enrolment. All
 * other sessions, challenges and known devices end; this session counts as having passed the second factor.
 *
 * @throws {RateLimited} when too many codes were wrong
 */
export async function confirmTwoFactor(
  context: RuleContext,
  viewer: Viewer,
  code: string,
): Promise<ConfirmedTwoFactor> {
  const { accountId: id, sessionId, authVersion } = viewer;
  if (!(await payForTotp(context, id)))
    throw new RateLimited(await lockedFor(context, secondFactorBucket(id), secondFactorPolicy));
  const enrolment = await proveEnrolment(context, viewer, code);
  if (!enrolment) {
    await recordFailedFactor(context, { id, sessionId });
    refuse('INVALID_CODE', 'code');
  }
  const backupCodes = await makeBackupCodes(context.passwords);
  const session = await context.em.transactional(async (em) => {
    const raised = await em.nativeUpdate(AccountEntity, { id, authVersion }, { authVersion: authVersion + 1 });
    if (raised === 0 || !(await takeEnrolment(em, id, enrolment.id))) refuse('INVALID_CODE', 'code');
    await turnOn(em, context, id, enrolment);
    await replaceBackupCodes(em, context.now, id, backupCodes);
    await clearAttempts(em, secondFactorBucket(id));
    await recordEvent(em, context, { type: 'TWO_FACTOR_ENABLED', accountId: id, sessionId });
    return rotateSession(em, context, viewer, { authVersion: authVersion + 1, passed: 'TOTP', steppedUp: false });
  });
  return { session, backupCodes: backupCodes.codes };
}

/** The code that confirmed is used up as any other. */
const turnOn = (em: EntityManager, { keys, now }: RuleContext, account: string, { secret, step }: ProvenEnrolment) =>
  em.upsert(TwoFactorEntity, {
    account,
    enabledAt: now,
    secretCiphertext: sealTotpSecret(keys, 'two_factors', account, secret),
    lastStep: step,
  });
