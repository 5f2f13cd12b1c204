import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { detailedUserError, refuseWithError } from '../../rules/refuse.js';
import { incorrectSecondFactor } from '../../rules/user-error-messages.js';
import type { SessionDelivery } from '../../rules/viewer.js';
import { withAttempt } from '../attempt/with-attempt.js';
import type { IssuedSession } from '../session/issue-session.js';
import { findKnownDevice } from '../session/known-device.js';
import { findTwoFactorOfAccounts } from '../two-factor/find-two-factor.js';
import type { SecondFactor } from '../two-factor/second-factor.js';
import { verifyFactor } from '../two-factor/verify-factor.js';
import { challengeLimit, type ChallengedAccount } from './challenge-limit.js';
import type { PreviousSignIn } from './login.js';
import { signIn } from './sign-in.js';

/** The input of the second step of a sign-in. */
export interface SecondStep {
  readonly challenge: string;
  readonly factor: SecondFactor;
}

/** The signed-in account, and the session as the first step requested it. */
export interface SecondFactorResult {
  readonly account: ChallengedAccount;
  readonly session: IssuedSession;
  readonly delivery: SessionDelivery;
  readonly backupCodesLeft: number;
}

/**
 * Completes a sign-in with a challenge and one second factor. An unknown, expired, used, exhausted or outdated
 * challenge is refused like a wrong code. Challenge and factor are consumed in the transaction that creates the
 * session.
 */
export async function verifySecondFactor(
  context: RuleContext,
  previous: PreviousSignIn,
  { challenge, factor }: SecondStep,
): Promise<SecondFactorResult> {
  const outcome = await withAttempt(context, challengeLimit(challenge), async (account) => {
    const verified = await verifyFactor(context, account, factor);
    return typeof verified === 'string' ? verified : { account, verified };
  });
  if (typeof outcome === 'string') refuseWithError(detailedUserError('INVALID_CREDENTIALS', incorrectSecondFactor));
  const { account, verified } = outcome;
  const session = await signIn(context, {
    account,
    factors: ['PASSWORD', verified.kind],
    rememberMe: account.rememberMe,
    delivery: account.delivery,
    previous: previous.viewer,
    deviceId: await findKnownDevice(context.reader, previous.deviceToken, account),
    inTransaction: async (context) => (await consumeChallenge(context, account)) && verified.consume(context, null),
  });
  if (account.origin !== 'DEVICE') await context.rateLimits.refundSuccess('password', account.ip);
  const [twoFactor] = await findTwoFactorOfAccounts(context.reader, { accountIds: [account.id] });
  return { account, session, delivery: account.delivery, backupCodesLeft: twoFactor?.backupCodesLeft ?? 0 };
}

async function consumeChallenge({ em }: RuleContext, { challengeId }: ChallengedAccount): Promise<boolean> {
  const { numDeletedRows } = await em
    .getKysely<Tables>()
    .deleteFrom('second_factor_challenges')
    .where('id', '=', challengeId)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}
