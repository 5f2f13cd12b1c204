import { isToken } from '../../crypto/token.js';
import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';
import { issueSession, type SessionWish } from '../session/issue-session.js';
import type { Viewer } from '../../rules/viewer.js';
import { refuse } from '../../rules/refuse.js';
import { createAccount } from './create-account.js';
import { checkCredentials, type WantedCredentials } from './credentials-policy.js';
import { useSetupToken } from './setup-token.js';

/** Makes the first ROOT for whoever holds the one-time setup token, and signs them in. It works once. */
export async function completeSetup(
  context: RuleContext,
  former: Viewer | null,
  wish: WantedCredentials & Pick<SessionWish, 'delivery'> & { readonly setupToken: string },
) {
  const { em, passwords, now } = context;
  await context.rateLimits.spend('setup', context.caller.ip);
  if (!isToken('setup', wish.setupToken)) refuse('INVALID_TOKEN', 'setupToken');
  const username = await checkCredentials(context, wish, 'ROOT');
  const passwordHash = await passwords.hash(wish.password);
  return em.transactional(async (transaction) => {
    if (!(await useSetupToken(transaction, wish.setupToken, now))) refuse('INVALID_TOKEN', 'setupToken');
    const account = await createAccount(transaction, now, {
      username,
      passwordHash,
      role: 'ROOT',
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
    await recordEvent(transaction, context, { type: 'SETUP_COMPLETED', accountId: account.id, sessionId: session.id });
    return { account, session };
  });
}
