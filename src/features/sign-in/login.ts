import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { countSignIn } from '../../telemetry/account-metrics.js';
import { storeWeakPasswordFlag, newWeakPasswordFlag } from '../password/weak-password-flag.js';
import { recordEvent } from '../security-event/record-event.js';
import type { IssuedSession } from '../session/issue-session.js';
import { findTrustedBrowserByToken } from '../trusted-browser/find-trusted-browsers.js';
import { canTrust } from '../trusted-browser/trust-browser.js';
import { useTrustedBrowser } from '../trusted-browser/use-trusted-browser.js';
import { findAccountForSignIn, type AccountForSignIn } from './find-account-for-sign-in.js';
import type { LoginRequest } from './login-request.js';
import { openChallenge, type OpenedChallenge } from './open-challenge.js';
import { refreshPasswordHash } from './refresh-password-hash.js';
import { signIn } from './sign-in.js';
import { findSignInOrigin } from './sign-in-origin.js';
import { verifySignInPassword } from './verify-sign-in-password.js';

/** The session, and the cookies of the browser, that the client sent. */
export interface PreviousSignIn {
  readonly viewer: SessionViewer | null;
  readonly deviceToken: string | null;
  readonly trustToken: string | null;
}

/** The result of a correct password: a session, or a challenge if two-factor authentication is on. */
export type LoginResult =
  { readonly account: AccountForSignIn; readonly session: IssuedSession } | { readonly challenge: OpenedChallenge };

/**
 * Signs in with a password. An unknown name, a wrong password, an account without a password and a lock are
 * indistinguishable in result and timing. Only with the correct password does a user learn that the
 * account is disabled. The caller's previous session is revoked.
 */
export async function login(context: RuleContext, previous: PreviousSignIn, input: LoginRequest): Promise<LoginResult> {
  const found = await findAccountForSignIn(context.reader, input.login);
  const origin = await findSignInOrigin(context, found, previous.deviceToken);
  const isCorrect = await verifySignInPassword(context, found, origin, input);
  if (found === null || !isCorrect) {
    const accountId = found?.id ?? null;
    await recordEvent(context, { type: 'LOGIN_FAILED', outcome: 'REFUSED', accountId, actorId: null });
    countSignIn(['PASSWORD'], 'REFUSED');
    return refuse('INVALID_CREDENTIALS');
  }
  const flag = await newWeakPasswordFlag(context, found, input.password);
  const account = await refreshPasswordHash(context, found, input.password);
  // The attempt stays counted at its IP address until the second factor is verified too.
  const isOn = account.twoFactorEnabledAt !== null;
  const trustedBrowserId = isOn ? await findTrust(context, account, input, previous.trustToken) : null;
  if (isOn && trustedBrowserId === null) return challengeUser(context, account, { input, origin, flag });
  if (origin.kind !== 'DEVICE') await context.rateLimits.refundSuccess('password', context.caller.ip);
  const session = await signIn(context, {
    account,
    factors: ['PASSWORD'],
    methods: ['pwd'],
    rememberMe: input.rememberMe,
    delivery: input.delivery,
    previous: previous.viewer,
    deviceId: origin.kind === 'DEVICE' ? origin.deviceId : null,
    trustedBrowserId,
    inTransaction: async (context) => {
      if (trustedBrowserId !== null && !(await useTrustedBrowser(context, account, trustedBrowserId))) return false;
      await storeWeakPasswordFlag(context, account, flag);
      return true;
    },
  });
  return { account, session };
}

async function challengeUser(...challenged: Parameters<typeof openChallenge>): Promise<LoginResult> {
  const challenge = await openChallenge(...challenged);
  countSignIn(['PASSWORD'], 'CHALLENGED');
  return { challenge };
}

/** Finds the trusted browser that replaces the second factor of this sign-in; null if none does. */
const findTrust = async (
  context: RuleContext,
  { id, role }: AccountForSignIn,
  { delivery }: LoginRequest,
  token: string | null,
): Promise<string | null> =>
  canTrust(context, { role, delivery }) ? findTrustedBrowserByToken(context, token, id) : null;
