import { sql } from 'kysely';
import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import { refundRowAttempt } from '../attempt/refund-row-attempt.js';
import { withAttempt, type AttemptLimit } from '../attempt/with-attempt.js';
import type { SecondFactor } from '../two-factor/second-factor.js';
import { verifyFactor, type VerifiedFactor } from '../two-factor/verify-factor.js';
import type { Reset } from './find-reset.js';

/** Number of second factors that can be tried with one reset token. */
const MAXIMUM_FACTOR_ATTEMPTS = 5;

/**
 * Verifies the second factor sent with a reset token. Attempts count on the token, and authenticator codes also on the
 * account.
 */
export async function verifyResetFactor(
  context: RuleContext,
  reset: Reset,
  factor: SecondFactor,
): Promise<VerifiedFactor> {
  const outcome = await withAttempt(context, resetLimit(reset), () =>
    verifyFactor(context, { id: reset.accountId, isRecovery: true, proofId: reset.tokenHash }, factor),
  );
  if (outcome === 'LOCKED') return refuse('INVALID_TOKEN', 'token');
  return outcome === 'WRONG' ? refuse('INVALID_CODE', 'factor') : outcome;
}

/** Counts attempts on the token, in one statement that returns no row if none is left. */
const resetLimit = ({ tokenHash }: Reset): AttemptLimit<true> => ({
  name: 'recovery',
  take: async ({ em }) => {
    const taken = await em
      .getKysely<Tables>()
      .updateTable('password_resets')
      .set({ attempts: sql<number>`attempts + 1` })
      .where('token_hash', '=', tokenHash)
      .where('attempts', '<', MAXIMUM_FACTOR_ATTEMPTS)
      .returning('attempts')
      .executeTakeFirst();
    return taken ? true : null;
  },
  refund: (context) => refundRowAttempt(context, { table: 'password_resets', key: 'token_hash', value: tokenHash }),
});
