import { noAuthority } from '../../rules/authority.js';
import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { AccountEntity } from '../account/account.entity.js';
import { validateCredentials, type NewCredentials } from './credentials-policy.js';
import { signUp, type SignUp } from './sign-up.js';

/** Creates an account with the role USER and signs the user in, if sign-up is open. */
export async function register(
  context: RuleContext,
  previous: SessionViewer | null,
  input: NewCredentials & Pick<SignUp, 'delivery'>,
) {
  const { em, passwords, config } = context;
  if (!config.registrationOpen) refuse('REGISTRATION_CLOSED');
  const username = await validateCredentials(context, input);
  await context.rateLimits.take('registration', context.caller.ip);
  if ((await em.count(AccountEntity, { username })) > 0) refuse('USERNAME_TAKEN', 'username');
  const passwordHash = await passwords.hash(input.password);
  return transaction(context, noAuthority, (context) =>
    signUp(context, { username, passwordHash, role: 'USER', delivery: input.delivery, previous, event: 'REGISTERED' }),
  );
}
