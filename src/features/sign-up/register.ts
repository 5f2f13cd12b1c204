import { noAuthority } from '../../rules/authority.js';
import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import type { Viewer } from '../../rules/viewer.js';
import { AccountEntity } from '../account/account.entity.js';
import { recordEvent } from '../security-event/record-event.js';
import { issueSession, type NewSession } from '../session/issue-session.js';
import { createAccount } from './create-account.js';
import { checkCredentials, type WantedCredentials } from './credentials-policy.js';

/** Makes an ordinary account for whoever asks, where sign-up is open, and signs the user in. */
export async function register(
  context: RuleContext,
  previous: Viewer | null,
  input: WantedCredentials & Pick<NewSession, 'delivery'>,
) {
  const { em, passwords, config } = context;
  if (!config.registrationOpen) refuse('REGISTRATION_CLOSED');
  const username = await checkCredentials(context, input);
  await context.rateLimits.spend('registration', context.caller.ip);
  if ((await em.count(AccountEntity, { username })) > 0) refuse('USERNAME_TAKEN', 'username');
  const passwordHash = await passwords.hash(input.password);
  return transaction(context, noAuthority, async (context) => {
    const { locale } = context;
    const account = await createAccount(context, { username, passwordHash, role: 'USER', locale, signsIn: true });
    const session = await issueSession(context, {
      account,
      factors: ['PASSWORD'],
      rememberMe: false,
      delivery: input.delivery,
      previous,
      deviceId: null,
    });
    await recordEvent(context, { type: 'REGISTERED', accountId: account.id, sessionId: session.id });
    return { account, session };
  });
}
