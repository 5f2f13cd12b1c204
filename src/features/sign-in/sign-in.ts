import { AccountEntity } from '../account/account.entity.js';
import type { EntityManager } from '../../database/connection/database.js';
import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';
import { wasSeenBefore } from '../security-event/was-seen-before.js';
import { issueSession, type IssuedSession, type SessionWish } from '../session/issue-session.js';
import { refuse, type UserErrorCode } from '../../rules/refuse.js';
import type { AccountForSignIn } from './find-account-for-sign-in.js';

/** Who signs in, and how the session is to be. */
export interface SignInWish extends SessionWish {
  readonly account: Pick<AccountForSignIn, 'id' | 'role' | 'status' | 'authVersion'>;
  /**
   * What happens in the transaction of the session, such as using up what was proven; false where somebody else did so
   * meanwhile.
   */
  readonly alongside?: (em: EntityManager) => Promise<boolean>;
}

/** What the session would be opened on changed while it was proven; the transaction rolls back. */
class Overtaken extends Error {}

/** The person has proven who they are with every factor that is on: opens the session. */
export async function signIn(context: RuleContext, wish: SignInWish): Promise<IssuedSession> {
  const {
    account: { id, authVersion, status },
    alongside = () => Promise.resolve(true),
  } = wish;
  if (status === 'DISABLED') await refuseSignIn(context, id, 'ACCOUNT_DISABLED');
  const opened = await context.em
    .transactional(async (em) => {
      // The proof was of the account as it was read: had it changed since, the session would outlive what ended the
      // others.
      const unchanged = await em.nativeUpdate(
        AccountEntity,
        { id, authVersion, status: 'ACTIVE' },
        { lastLoginAt: context.now },
      );
      if (unchanged === 0 || !(await alongside(em))) throw new Overtaken();
      const session = await issueSession(em, context, wish);
      if (wish.deviceId === null && !(await wasSeenBefore(em, context, id)))
        await recordEvent(em, context, { type: 'NEW_DEVICE_SEEN', accountId: id, sessionId: session.id });
      await recordEvent(em, context, { type: 'LOGIN_SUCCEEDED', accountId: id, sessionId: session.id });
      return session;
    })
    .catch((error: unknown) => {
      if (error instanceof Overtaken) return null;
      throw error;
    });
  return opened ?? refuseSignIn(context, id, 'INVALID_CREDENTIALS');
}

/** A failed sign-in is recorded by itself, outside of any transaction that its failure rolls back. */
async function refuseSignIn(context: RuleContext, accountId: string, code: UserErrorCode): Promise<never> {
  await recordEvent(context.em, context, { type: 'LOGIN_FAILED', outcome: 'REFUSED', accountId });
  refuse(code);
}
