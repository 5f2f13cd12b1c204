import { issueApiToken } from '../api-token/issue-api-token.js';
import type { RuleContext } from '../../rules/context.js';
import { createAccount } from '../sign-up/create-account.js';
import { refuseAll } from '../../rules/refuse.js';
import { canonicalUsername } from '../../text/normalize.js';
import { validateUsername } from '../username/username.js';

/** A new service account with its API token, which is shown only once. */
export interface CreatedService {
  readonly accountId: string;
  readonly username: string;
  readonly token: string;
}

/**
 * Creates a gateway's service account, in the transaction that records its creation. It has no password, so it can't
 * sign in. Its only credential is an API token that reaches only what a gateway needs.
 */
export async function createService(
  context: Pick<RuleContext, 'em' | 'keys' | 'now' | 'config'>,
  submittedUsername: string,
): Promise<CreatedService> {
  const username = canonicalUsername(submittedUsername);
  refuseAll(validateUsername(username, 'ROOT'));
  const account = await createAccount(context, {
    username,
    passwordHash: null,
    role: 'SERVICE',
    locale: 'EN',
    signsIn: false,
  });
  const { token } = await issueApiToken(context, account.id);
  return { accountId: account.id, username, token };
}
