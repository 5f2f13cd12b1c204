import { verifiedAccount } from '../../rules/authority.js';
import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import type { UserErrorCode } from '../../rules/user-error-catalogue.js';
import { transaction } from '../../rules/transaction.js';
import { changeAccount } from '../account/change-account.js';
import { recordEvent } from '../security-event/record-event.js';
import { wasSeenBefore } from '../security-event/was-seen-before.js';
import { issueSession, type IssuedSession, type NewSession } from '../session/issue-session.js';
import type { AccountForSignIn } from './find-account-for-sign-in.js';

/** Who signs in, and how the session is to be. */
export interface SignIn extends NewSession {
  readonly account: Pick<AccountForSignIn, 'id' | 'role' | 'status' | 'authVersion'>;
  /**
   * What happens in the transaction of the session, such as consuming what was verified; false where somebody else did
   * so meanwhile.
   */
  readonly alongside: (context: RuleContext) => Promise<boolean>;
}

/** What the session would be opened on changed while it was verified; the transaction rolls back. */
class StateChanged extends Error {}

/** Opens the session of a user who has verified every factor that is on. */
export async function signIn(context: RuleContext, input: SignIn): Promise<IssuedSession> {
  const { account } = input;
  if (account.status === 'DISABLED') await refuseSignIn(context, account.id, 'ACCOUNT_DISABLED');
  // The proof was of the account as it was read: had it changed since, the session would outlive what ended the others.
  const authority = verifiedAccount(account, () => {
    throw new StateChanged();
  });
  try {
    return await transaction(context, authority, (context) => openSession(context, input));
  } catch (error) {
    if (error instanceof StateChanged) return refuseSignIn(context, account.id, 'INVALID_CREDENTIALS');
    throw error;
  }
}

async function openSession(context: RuleContext, input: SignIn): Promise<IssuedSession> {
  const { id: accountId } = input.account;
  if (!(await input.alongside(context))) throw new StateChanged();
  await changeAccount(context, accountId, { last_login_at: context.now });
  const session = await issueSession(context, input);
  const { id: sessionId } = session;
  if (input.deviceId === null && !(await wasSeenBefore(context, accountId)))
    await recordEvent(context, { type: 'NEW_DEVICE_SEEN', accountId, sessionId });
  await recordEvent(context, { type: 'LOGIN_SUCCEEDED', accountId, sessionId });
  return session;
}

/** A failed sign-in is recorded alone, outside of any transaction that its failure rolls back. */
async function refuseSignIn(context: RuleContext, accountId: string, code: UserErrorCode): Promise<never> {
  await recordEvent(context, { type: 'LOGIN_FAILED', outcome: 'REFUSED', accountId });
  return refuse(code);
}
