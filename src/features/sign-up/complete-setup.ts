import { isToken } from '../../crypto/token.js';
import { noAuthority } from '../../rules/authority.js';
import type { RuleContext } from '../../rules/context.js';
import { detailedUserError, refuseWithError } from '../../rules/refuse.js';
import { alreadySetUp, invalidSetupToken } from './messages.js';
import { transaction } from '../../rules/transaction.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { validateCredentials, type NewCredentials } from './credentials-policy.js';
import { signUp, type SignUp } from './sign-up.js';
import { consumeSetupToken, hasRoot } from './setup-token.js';

const refuseToken = (isSetUp: boolean): never =>
  refuseWithError(detailedUserError('INVALID_TOKEN', isSetUp ? alreadySetUp : invalidSetupToken, 'setupToken'));

/** Creates the first ROOT with the one-time setup token, and signs them in. Works once. */
export async function completeSetup(
  context: RuleContext,
  previous: SessionViewer | null,
  input: NewCredentials & Pick<SignUp, 'delivery'> & { readonly setupToken: string },
) {
  const { passwords } = context;
  await context.rateLimits.take('setup', context.caller.ip);
  const isSetUp = await hasRoot(context.em);
  if (isSetUp || !isToken('setup', input.setupToken)) refuseToken(isSetUp);
  const username = await validateCredentials(context, input, 'ROOT');
  const passwordHash = await passwords.hash(input.password);
  return transaction(context, noAuthority, async (context) => {
    if (!(await consumeSetupToken(context, input.setupToken))) refuseToken(await hasRoot(context.em));
    return signUp(context, {
      username,
      passwordHash,
      role: 'ROOT',
      delivery: input.delivery,
      previous,
      event: 'SETUP_COMPLETED',
    });
  });
}
