import { passkeyMethods } from '../../rules/authentication-method.js';
import type { RuleContext } from '../../rules/context.js';
import { detailedUserError, refuseWithError } from '../../rules/refuse.js';
import { passkeyNotAccepted } from '../../rules/user-error-messages.js';
import type { SessionDelivery } from '../../rules/viewer.js';
import { countSignIn } from '../../telemetry/account-metrics.js';
import { afterProof } from '../attempt/with-attempt.js';
import { consumePasskey } from '../passkey/consume-passkey.js';
import { ensurePasskeysOffered } from '../passkey/relying-party.js';
import { verifyAssertion, type VerifiedAssertion } from '../passkey/verify-assertion.js';
import { withPasskeyAttempt } from '../passkey/with-passkey-attempt.js';
import { recordEvent } from '../security-event/record-event.js';
import type { IssuedSession } from '../session/issue-session.js';
import { findDeviceByToken, findKnownDevice } from '../session/known-device.js';
import { findAccountById, type AccountForSignIn } from './find-account-for-sign-in.js';
import type { PreviousSignIn } from './login.js';
import { signIn } from './sign-in.js';

/** The input of a sign-in with a passkey. */
export interface PasskeyLogin {
  /** An AuthenticationResponseJSON, unchecked. */
  readonly response: unknown;
  readonly rememberMe: boolean;
  readonly delivery: SessionDelivery;
}

/**
 * Signs in with a passkey that verified the user, which is both factors. An unknown passkey, a wrong answer and
 * a missing verification are one refusal; only with a right answer does a user learn that the account is disabled
 * (R-109).
 *
 * @throws {RateLimitedError} after too many wrong answers from one IP address
 */
export async function loginWithPasskey(
  context: RuleContext,
  previous: PreviousSignIn,
  { response, rememberMe, delivery }: PasskeyLogin,
): Promise<{ readonly account: AccountForSignIn; readonly session: IssuedSession }> {
  ensurePasskeysOffered(context);
  const isKnown = (await findDeviceByToken(context.reader, previous.deviceToken)) !== null;
  const outcome = await withPasskeyAttempt(context, isKnown, () => verify(context, response));
  if (typeof outcome === 'string') {
    countSignIn(['PASSKEY'], 'REFUSED');
    return refuseWithError(detailedUserError('INVALID_CREDENTIALS', passkeyNotAccepted));
  }
  const { account, assertion } = outcome;
  const session = await signIn(context, {
    account,
    factors: ['PASSKEY'],
    methods: passkeyMethods(assertion),
    rememberMe,
    delivery,
    previous: previous.viewer,
    deviceId: await findKnownDevice(context.reader, previous.deviceToken, account),
    inTransaction: (context) => consumePasskey(context, assertion, true),
  });
  return { account, session };
}

async function verify(
  context: RuleContext,
  response: unknown,
): Promise<{ readonly account: AccountForSignIn; readonly assertion: VerifiedAssertion } | 'WRONG'> {
  const { verified, accountId } = await verifyAssertion(context, response, {
    purpose: 'SIGN_IN',
    boundTo: null,
    accountId: null,
    isOnlyProof: true,
  });
  const account = verified && (await findAccountById(context.reader, verified.accountId));
  // Whoever undid a change of the address sets a password first: a passkey from before could be an intruder's (D-9).
  if (verified && account?.passwordHash) return { account, assertion: verified };
  await afterProof(() => recordEvent(context, { type: 'LOGIN_FAILED', outcome: 'REFUSED', accountId, actorId: null }));
  return 'WRONG';
}
