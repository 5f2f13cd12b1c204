import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { detailedUserError, refuseWithError } from '../../rules/refuse.js';
import { incorrectSecondFactor, passkeyNotAccepted } from '../../rules/user-error-messages.js';
import type { SessionDelivery } from '../../rules/viewer.js';
import { countSignIn } from '../../telemetry/account-metrics.js';
import { withAttempt } from '../attempt/with-attempt.js';
import { openFactorOptions } from '../passkey/open-factor-options.js';
import type { IssuedSession } from '../session/issue-session.js';
import { findKnownDevice } from '../session/known-device.js';
import { findTwoFactorOfAccounts } from '../two-factor/find-two-factor.js';
import type { SecondFactor } from '../two-factor/second-factor.js';
import { verifyFactor } from '../two-factor/verify-factor.js';
import { canGiveTrust, trustBrowser, type NewTrust } from '../trusted-browser/trust-browser.js';
import { challengeLimit, type ChallengedAccount } from './challenge-limit.js';
import type { PreviousSignIn } from './login.js';
import { signIn } from './sign-in.js';

/** The input of the second step of a sign-in. */
export interface SecondStep {
  readonly challenge: string;
  readonly factor: SecondFactor;
  /** Whether to skip the second step in this browser from now on. Ignored where that is not allowed. */
  readonly trustBrowser: boolean;
}

/** The signed-in account, and the session as the first step requested it. */
export interface SecondFactorResult {
  readonly account: ChallengedAccount;
  readonly session: IssuedSession;
  readonly delivery: SessionDelivery;
  readonly backupCodesLeft: number;
  /** Null if the browser was not trusted in this step. */
  readonly trust: NewTrust | null;
}

/**
 * Completes a sign-in with a challenge and one second factor. An unknown, expired, used, exhausted or outdated
 * challenge is refused like a wrong code. Challenge and factor are consumed in the transaction that creates the
 * session.
 */
export async function verifySecondFactor(
  context: RuleContext,
  previous: PreviousSignIn,
  { challenge, factor, trustBrowser: wantsTrust }: SecondStep,
): Promise<SecondFactorResult> {
  let challenged: ChallengedAccount | null = null;
  const outcome = await withAttempt(context, challengeLimit(challenge), async (account) => {
    challenged = account;
    const verified = await verifyFactor(context, { id: account.id, proofId: account.challengeId }, factor);
    return typeof verified === 'string' ? verified : { account, verified };
  });
  if (typeof outcome === 'string') return refuseFactor(context, challenged, factor);
  const { account, verified } = outcome;
  const givesTrust = wantsTrust && canGiveTrust(context, account, verified.kind);
  let trust: NewTrust | null = null;
  const session = await signIn(context, {
    account,
    factors: ['PASSWORD', verified.kind],
    methods: ['pwd', ...verified.methods],
    rememberMe: account.rememberMe,
    delivery: account.delivery,
    previous: previous.viewer,
    deviceId: await findKnownDevice(context.reader, previous.deviceToken, account),
    inTransaction: async (context) => {
      if (!(await consumeChallenge(context, account)) || !(await verified.consume(context, null))) return false;
      if (givesTrust) trust = await trustBrowser(context, account, previous.trustToken);
      return true;
    },
  });
  if (account.origin !== 'DEVICE') await context.rateLimits.refundSuccess('password', account.ip);
  const [twoFactor] = await findTwoFactorOfAccounts(context.reader, { accountIds: [account.id] });
  return { account, session, delivery: account.delivery, backupCodesLeft: twoFactor?.backupCodesLeft ?? 0, trust };
}

/** Refuses, with options for another try if a passkey was wrong: each answer consumes its challenge. */
async function refuseFactor(
  context: RuleContext,
  challenged: ChallengedAccount | null,
  { kind }: SecondFactor,
): Promise<never> {
  countSignIn(['PASSWORD', kind], 'REFUSED');
  const passkeyOptions =
    kind === 'PASSKEY' && challenged?.hasAttemptsLeft
      ? await openFactorOptions(context, { ...challenged, proofId: challenged.challengeId })
      : null;
  const message = kind === 'PASSKEY' ? passkeyNotAccepted : incorrectSecondFactor;
  return refuseWithError(detailedUserError('INVALID_CREDENTIALS', message), { passkeyOptions });
}

async function consumeChallenge({ em }: RuleContext, { challengeId }: ChallengedAccount): Promise<boolean> {
  const { numDeletedRows } = await em
    .getKysely<Tables>()
    .deleteFrom('second_factor_challenges')
    .where('id', '=', challengeId)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}
