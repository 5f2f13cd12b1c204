import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { storeWeakPasswordFlag, newWeakPasswordFlag } from '../password/weak-password-flag.js';
import { recordEvent } from '../security-event/record-event.js';
import type { IssuedSession } from '../session/issue-session.js';
import { findAccountForSignIn, type AccountForSignIn } from './find-account-for-sign-in.js';
import type { LoginRequest } from './login-request.js';
import { openChallenge, type OpenedChallenge } from './open-challenge.js';
import { refreshPasswordHash } from './refresh-password-hash.js';
import { signIn } from './sign-in.js';
import { findSignInOrigin } from './sign-in-origin.js';
import { verifySignInPassword } from './verify-sign-in-password.js';

/** The session and the device cookie that the client sent. */
export interface PreviousSignIn {
  readonly viewer: SessionViewer | null;
  readonly deviceToken: string | null;
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
  const account = await findAccountForSignIn(context.reader, input.login);
  const origin = await findSignInOrigin(context, account, previous.deviceToken);
  const isCorrect = await verifySignInPassword(context, account, origin, input);
  if (account === null || !isCorrect) {
    const accountId = account?.id ?? null;
    await recordEvent(context, { type: 'LOGIN_FAILED', outcome: 'REFUSED', accountId, actorId: null });
    return refuse('INVALID_CREDENTIALS');
  }
  const flag = await newWeakPasswordFlag(context, account, input.password);
  await refreshPasswordHash(context, account, input.password);
  // The attempt stays counted at its IP address until the second factor is verified too.
  if (account.twoFactorEnabledAt) return { challenge: await openChallenge(context, account, { input, origin, flag }) };
  if (origin.kind !== 'DEVICE') await context.rateLimits.refundSuccess('password', context.caller.ip);
  const session = await signIn(context, {
    account,
    factors: ['PASSWORD'],
    rememberMe: input.rememberMe,
    delivery: input.delivery,
    previous: previous.viewer,
    deviceId: origin.kind === 'DEVICE' ? origin.deviceId : null,
    inTransaction: (context) => storeWeakPasswordFlag(context, account, flag).then(() => true),
  });
  return { account, session };
}
