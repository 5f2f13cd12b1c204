import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { detailedUserError, refuseWith } from '../../rules/refuse.js';
import { incorrectSecondFactor } from '../../rules/user-error-catalogue.js';
import type { SessionDelivery } from '../../rules/viewer.js';
import { withAttempt } from '../attempt/with-attempt.js';
import type { IssuedSession } from '../session/issue-session.js';
import { findKnownDevice } from '../session/known-device.js';
import { findTwoFactorOfAccounts } from '../two-factor/find-two-factor.js';
import type { SecondFactor } from '../two-factor/second-factor.js';
import { verifyFactor } from '../two-factor/verify-factor.js';
import { challengeLimit, type ChallengedAccount } from './challenge-limit.js';
import type { Previous } from './login.js';
import { signIn } from './sign-in.js';

/** What a user sends with the second step of a sign-in. */
export interface SecondStep {
  readonly challenge: string;
  readonly factor: SecondFactor;
}

/** Who signed in, and the session that the first step asked for. */
export interface PassedSecondFactor {
  readonly account: ChallengedAccount;
  readonly session: IssuedSession;
  readonly delivery: SessionDelivery;
  readonly backupCodesLeft: number;
}

/**
 * Signs in with the challenge that a right password gave, and one second factor. A challenge that is unknown, expired,
 * used, tried too often, or older than a change of the account is refused as a wrong code is. Challenge and
 * factor are consumed in the transaction that opens the session.
 */
export async function verifySecondFactor(
  context: RuleContext,
  previous: Previous,
  { challenge, factor }: SecondStep,
): Promise<PassedSecondFactor> {
  const outcome = await withAttempt(context, challengeLimit(challenge), async (account) => {
    const verified = await verifyFactor(context, account, factor);
    return typeof verified === 'string' ? verified : { account, verified };
  });
  if (typeof outcome === 'string') refuseWith(detailedUserError('INVALID_CREDENTIALS', incorrectSecondFactor));
  const { account, verified } = outcome;
  const session = await signIn(context, {
    account,
    factors: ['PASSWORD', verified.kind],
    rememberMe: account.rememberMe,
    delivery: account.delivery,
    previous: previous.viewer,
    deviceId: await findKnownDevice(context.reader, previous.deviceToken, account),
    alongside: async (context) => (await consumeChallenge(context, account)) && verified.consume(context, null),
  });
  const [left] = await findTwoFactorOfAccounts(context.reader, { accountIds: [account.id] });
  return { account, session, delivery: account.delivery, backupCodesLeft: left?.backupCodesLeft ?? 0 };
}

async function consumeChallenge({ em }: RuleContext, { challengeId }: ChallengedAccount): Promise<boolean> {
  const { numDeletedRows } = await em
    .getKysely<Tables>()
    .deleteFrom('second_factor_challenges')
    .where('id', '=', challengeId)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}
