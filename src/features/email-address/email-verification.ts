import { sql } from 'kysely';
import { minutes } from '../../duration.js';
import type { Tables } from '../../database/read/select.js';
import type { Sweep } from '../../database/sweep/sweep.js';
import type { RuleContext } from '../../rules/context.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { refundRowAttempt } from '../attempt/refund-row-attempt.js';
import type { AttemptLimit } from '../attempt/with-attempt.js';

/** How long a code is valid. */
export const CODE_LIFETIME_MS = minutes(10);

/** Number of attempts at an emailed code; then even the correct one is rejected. */
const MAXIMUM_VERIFICATION_ATTEMPTS = 5;

/** A pending request to bind an address. */
export interface PendingVerification {
  readonly id: string;
  readonly email: string;
  readonly emailKey: string;
  readonly codeHash: string | null;
}

/** Counts attempts on the user's pending request, in one statement that returns no row if none is left. */
export const verificationLimit = ({ accountId, authVersion }: SessionViewer): AttemptLimit<PendingVerification> => ({
  name: 'email-verification',
  take: async ({ em, now }) => {
    const taken = await em
      .getKysely<Tables>()
      .updateTable('email_verifications')
      .set({ attempts: sql<number>`attempts + 1` })
      .where('account_id', '=', accountId)
      .where('auth_version', '=', authVersion)
      .where('expires_at', '>', now)
      .where('attempts', '<', MAXIMUM_VERIFICATION_ATTEMPTS)
      .returning(['id', 'email', 'email_key as emailKey', 'code_hash as codeHash'])
      .executeTakeFirst();
    return taken ?? null;
  },
  refund: (context, { id }) => refundRowAttempt(context, { table: 'email_verifications', key: 'id', value: id }),
});

/**
 * Consumes a request, once.
 *
 * @returns false if it was already consumed or replaced
 */
export async function consumeVerification(
  { em }: Pick<RuleContext, 'em'>,
  { id, codeHash }: PendingVerification,
): Promise<boolean> {
  const { numDeletedRows } = await em
    .getKysely<Tables>()
    .deleteFrom('email_verifications')
    .where('id', '=', id)
    .where('code_hash', '=', codeHash)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/** Deletes expired requests. */
export const expiredVerifications: Sweep = {
  name: 'emailVerifications',
  table: 'email_verifications',
  key: 'account_id',
  expiry: 'expires_at',
};
