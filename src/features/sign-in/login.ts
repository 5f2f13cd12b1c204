import { countingFailures } from '../attempt/address-limit.js';
import { clearAttempts } from '../attempt/clear-attempts.js';
import { keepPasswordNote, newPasswordNote } from '../password/password-note.js';
import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';
import type { IssuedSession } from '../session/issue-session.js';
import type { Viewer } from '../../rules/viewer.js';
import { refuse } from '../../rules/refuse.js';
import { findAccountForSignIn, type AccountForSignIn } from './find-account-for-sign-in.js';
import type { LoginWish } from './login-wish.js';
import { openChallenge, type OpenedChallenge } from './open-challenge.js';
import { proveSignInPassword } from './prove-sign-in-password.js';
import { refreshPasswordHash } from './refresh-password-hash.js';
import { signIn } from './sign-in.js';

/** What the client brings along from before: a session, and the mark of a browser that somebody has signed in on. */
export interface Former {
  readonly viewer: Viewer | null;
  readonly deviceToken: string | null;
}

/** What a right password gives: a session, or where two-factor authentication is on the challenge to pass it. */
export type LoggedIn =
  { readonly account: AccountForSignIn; readonly session: IssuedSession } | { readonly challenge: OpenedChallenge };

/**
 * Signs in with a password. An unknown name, a wrong password, an account without one and a locked one are refused
 * alike and in the same time; that an account is disabled is told only to who proved to be its
 * owner. The caller's former session, if there is one, ends: a new one never inherits from it.
 */
export function login(context: RuleContext, former: Former, wish: LoginWish): Promise<LoggedIn> {
  return countingFailures(context, 'password', async () => {
    const account = await findAccountForSignIn(context.reader, wish.login);
    const proof = await proveSignInPassword(context, account, former.deviceToken, wish);
    if (account === null || !proof.isRight) {
      await recordEvent(context.em, context, {
        type: 'LOGIN_FAILED',
        outcome: 'REFUSED',
        accountId: account?.id ?? null,
        actorId: null,
      });
      refuse('INVALID_CREDENTIALS');
    }
    await clearAttempts(context.em, proof.bucket);
    const note = await newPasswordNote(context, account, wish.password);
    await refreshPasswordHash(context, account, wish.password);
    if (account.twoFactorEnabledAt) return { challenge: await openChallenge(context, account, wish, note) };
    const session = await signIn(context, {
      account,
      factors: ['PASSWORD'],
      rememberMe: wish.rememberMe,
      delivery: wish.delivery,
      former: former.viewer,
      deviceId: proof.deviceId,
      alongside: (em) => keepPasswordNote(em, account, note).then(() => true),
    });
    return { account, session };
  });
}
