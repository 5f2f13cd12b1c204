import { verifiedAccount } from '../../rules/authority.js';
import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import type { UserErrorCode } from '../../rules/user-error-messages.js';
import { transaction } from '../../rules/transaction.js';
import { countSignIn } from '../../telemetry/account-metrics.js';
import { changeAccount } from '../account/change-account.js';
import { firstLocale } from '../account/first-locale.js';
import { recordEvent } from '../security-event/record-event.js';
import { wasSeenBefore } from '../security-event/was-seen-before.js';
import { issueSession, type IssuedSession, type NewSession } from '../session/issue-session.js';
import type { AccountForSignIn } from './find-account-for-sign-in.js';

/** Who signs in, and the session to create. */
export interface SignIn extends NewSession {
  readonly account: Pick<AccountForSignIn, 'id' | 'role' | 'status' | 'authVersion'>;
  /**
   * Runs in the transaction that creates the session, e.g. to consume a challenge. Returns false if a concurrent
   * request consumed it.
   */
  readonly inTransaction: (context: RuleContext) => Promise<boolean>;
}

/** The account changed while its proof was verified; the transaction rolls back. */
class StateChangedError extends Error {}

/** Creates the session of a user who has verified every enabled factor. */
export async function signIn(context: RuleContext, input: SignIn): Promise<IssuedSession> {
  const { account } = input;
  if (account.status === 'DISABLED') await refuseSignIn(context, input, 'ACCOUNT_DISABLED');
  // The proof was verified for the account as it was read. If the account has changed since, no session may be created.
  const authority = verifiedAccount(account, () => {
    throw new StateChangedError();
  });
  try {
    const session = await transaction(context, authority, (context) => openSession(context, input));
    countSignIn(input.factors, 'SUCCESS');
    return session;
  } catch (error) {
    if (error instanceof StateChangedError) return refuseSignIn(context, input, 'INVALID_CREDENTIALS');
    throw error;
  }
}

async function openSession(context: RuleContext, input: SignIn): Promise<IssuedSession> {
  const { id: accountId } = input.account;
  if (!(await input.inTransaction(context))) throw new StateChangedError();
  await changeAccount(context, accountId, { last_login_at: context.now, locale: firstLocale(context) });
  const session = await issueSession(context, input);
  const detail = input.trustedBrowserId ? 'TRUSTED_BROWSER' : null;
  const { id: sessionId } = session;
  if (input.deviceId === null && !(await wasSeenBefore(context, accountId)))
    await recordEvent(context, { type: 'NEW_DEVICE_SEEN', accountId, sessionId });
  await recordEvent(context, { type: 'LOGIN_SUCCEEDED', accountId, sessionId, detail });
  return session;
}

/** Records a failed sign-in. Call it outside of the transaction that the failure rolls back. */
async function refuseSignIn(context: RuleContext, { account, factors }: SignIn, code: UserErrorCode): Promise<never> {
  await recordEvent(context, { type: 'LOGIN_FAILED', outcome: 'REFUSED', accountId: account.id });
  countSignIn(factors, 'REFUSED');
  return refuse(code);
}
