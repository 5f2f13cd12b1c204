import { minutes } from '../../duration.js';
import { sql } from 'kysely';
import { matchTotp } from '../../crypto/totp.js';
import { newId } from '../../database/connection/id.js';
import type { Tables } from '../../database/read/select.js';
import type { Sweep } from '../../database/sweep/sweep.js';
import type { RuleContext } from '../../rules/context.js';
import type { SessionViewer } from '../../rules/viewer.js';
import type { AttemptOutcome } from '../attempt/attempt-policy.js';
import { bucketLimit, rejectWhileLocked } from '../attempt/bucket-limit.js';
import { refundRowAttempt } from '../attempt/refund-row-attempt.js';
import { withAttempt, type AttemptLimit } from '../attempt/with-attempt.js';
import { totpBucket } from './totp.js';
import { decryptTotpSecret, encryptTotpSecret } from './totp-secret.js';
import { TwoFactorEnrolmentEntity } from './two-factor-enrolment.entity.js';

/** How long an enrolment waits for its first code. */
const ENROLMENT_LIFETIME_MS = minutes(10);

/** Number of attempts at the first code of an enrolment. */
const MAXIMUM_ENROLMENT_ATTEMPTS = 5;

/**
 * Stores a pending secret, replacing an older one.
 *
 * @returns when it expires
 */
export async function startEnrolment(
  { em, now, keys }: RuleContext,
  viewer: SessionViewer,
  secret: Buffer,
): Promise<Date> {
  const { accountId, sessionId, authVersion } = viewer;
  const expiresAt = new Date(now.getTime() + ENROLMENT_LIFETIME_MS);
  await em.upsert(TwoFactorEnrolmentEntity, {
    account: accountId,
    id: newId(now),
    session: sessionId,
    authVersion,
    attempts: 0,
    createdAt: now,
    expiresAt,
    secretCiphertext: encryptTotpSecret(keys, 'two_factor_enrolments', accountId, secret),
  });
  return expiresAt;
}

/** An enrolment whose first code was correct. */
export interface VerifiedEnrolment {
  readonly id: string;
  readonly secret: Buffer;
  /** The time step of the code, consumed with it. */
  readonly step: number;
}

/**
 * Verifies the first code of a new app, with the latest pending secret of this session. Attempts count for the
 * enrolment and for the account, so that a new enrolment allows no further guesses.
 *
 * @returns LOCKED if nothing is pending; then nothing counts, so that a stolen session can't lock the app
 * @throws {RateLimitedError} after too many wrong codes of the account
 */
export const verifyEnrolment = (
  context: RuleContext,
  viewer: SessionViewer,
  code: string,
): Promise<AttemptOutcome<VerifiedEnrolment>> =>
  withAttempt(context, enrolmentLimit(viewer), async (enrolment) => {
    const bucket = totpBucket(viewer.accountId);
    const check = () => checkCode(context, viewer, enrolment, code);
    const outcome = await withAttempt(context, bucketLimit(bucket), check);
    return outcome === 'LOCKED' ? rejectWhileLocked(context, bucket) : outcome;
  });

async function checkCode(
  context: RuleContext,
  { accountId, sessionId }: SessionViewer,
  { id, ciphertext }: PendingEnrolment,
  code: string,
): Promise<VerifiedEnrolment | 'WRONG'> {
  const secret = await decryptTotpSecret(context, 'two_factor_enrolments', { id: accountId, sessionId }, ciphertext);
  const step = secret && (await matchTotp({ secret, code, now: context.now, lastStep: null }));
  return secret && step !== null ? { id, secret, step } : 'WRONG';
}

interface PendingEnrolment {
  readonly id: string;
  readonly ciphertext: string;
}

/** Counts attempts on the enrolment, in one statement that returns no row if none is left. */
const enrolmentLimit = ({ accountId, sessionId, authVersion }: SessionViewer): AttemptLimit<PendingEnrolment> => ({
  name: 'enrolment',
  take: async ({ em, now }) => {
    const taken = await em
      .getKysely<Tables>()
      .updateTable('two_factor_enrolments')
      .set({ attempts: sql<number>`attempts + 1` })
      .where('account_id', '=', accountId)
      .where('session_id', '=', sessionId)
      .where('auth_version', '=', authVersion)
      .where('expires_at', '>', now)
      .where('attempts', '<', MAXIMUM_ENROLMENT_ATTEMPTS)
      .returning(['id', 'secret_ciphertext as ciphertext'])
      .executeTakeFirst();
    return taken ?? null;
  },
  refund: (context, { id }) => refundRowAttempt(context, { table: 'two_factor_enrolments', key: 'id', value: id }),
});

/**
 * Consumes an enrolment, once.
 *
 * @returns false if it was replaced or confirmed concurrently
 */
export async function consumeEnrolment({ em }: RuleContext, accountId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await em
    .getKysely<Tables>()
    .deleteFrom('two_factor_enrolments')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/** Deletes expired enrolments. */
export const expiredEnrolments: Sweep = {
  name: 'enrolments',
  table: 'two_factor_enrolments',
  key: 'account_id',
  expiry: 'expires_at',
};
