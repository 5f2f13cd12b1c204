import { AccountEntity } from '../account/account.entity.js';
import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';
import { issueSession, type SessionWish } from '../session/issue-session.js';
import type { Viewer } from '../../rules/viewer.js';
import { refuse } from '../../rules/refuse.js';
import { createAccount } from './create-account.js';
import { checkCredentials, type WantedCredentials } from './credentials-policy.js';

/** Makes an ordinary account for whoever asks, where sign-up is open, and signs the person in. */
export async function register(
  context: RuleContext,
  former: Viewer | null,
  wish: WantedCredentials & Pick<SessionWish, 'delivery'>,
) {
  const { em, passwords, now, config } = context;
  if (!config.registrationOpen) refuse('REGISTRATION_CLOSED');
  const username = await checkCredentials(context, wish);
  await context.rateLimits.spend('registration', context.caller.ip);
  if ((await em.count(AccountEntity, { username })) > 0) refuse('USERNAME_TAKEN', 'username');
  const passwordHash = await passwords.hash(wish.password);
  return em.transactional(async (transaction) => {
    const account = await createAccount(transaction, now, {
      username,
      passwordHash,
      role: 'USER',
      locale: context.locale,
      signsIn: true,
    });
    const session = await issueSession(transaction, context, {
      account,
      factors: ['PASSWORD'],
      rememberMe: false,
      delivery: wish.delivery,
      former,
      deviceId: null,
    });
    await recordEvent(transaction, context, { type: 'REGISTERED', accountId: account.id, sessionId: session.id });
    return { account, session };
  });
}
