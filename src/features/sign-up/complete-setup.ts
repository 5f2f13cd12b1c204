import { isToken } from '../../crypto/token.js';
import { noAuthority } from '../../rules/authority.js';
import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import type { Viewer } from '../../rules/viewer.js';
import { recordEvent } from '../security-event/record-event.js';
import { issueSession, type NewSession } from '../session/issue-session.js';
import { createAccount } from './create-account.js';
import { checkCredentials, type WantedCredentials } from './credentials-policy.js';
import { consumeSetupToken } from './setup-token.js';

/** Makes the first ROOT for whoever holds the one-time setup token, and signs them in. It works once. */
export async function completeSetup(
  context: RuleContext,
  previous: Viewer | null,
  input: WantedCredentials & Pick<NewSession, 'delivery'> & { readonly setupToken: string },
) {
  const { passwords } = context;
  await context.rateLimits.spend('setup', context.caller.ip);
  if (!isToken('setup', input.setupToken)) refuse('INVALID_TOKEN', 'setupToken');
  const username = await checkCredentials(context, input, 'ROOT');
  const passwordHash = await passwords.hash(input.password);
  return transaction(context, noAuthority, async (context) => {
    const { locale } = context;
    if (!(await consumeSetupToken(context, input.setupToken))) refuse('INVALID_TOKEN', 'setupToken');
    const account = await createAccount(context, { username, passwordHash, role: 'ROOT', locale, signsIn: true });
    const session = await issueSession(context, {
      account,
      factors: ['PASSWORD'],
      rememberMe: false,
      delivery: input.delivery,
      previous,
      deviceId: null,
    });
    await recordEvent(context, { type: 'SETUP_COMPLETED', accountId: account.id, sessionId: session.id });
    return { account, session };
  });
}
