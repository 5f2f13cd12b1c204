import { issueApiToken } from '../api-token/issue-api-token.js';
import type { RuleContext } from '../../rules/context.js';
import type { ServiceScope } from '../../rules/service-scope.js';
import { createAccount } from '../sign-up/create-account.js';
import { refuseAll } from '../../rules/refuse.js';
import { canonicalUsername } from '../../text/normalize.js';
import { validateUsername } from '../username/username.js';
import { validateServiceScopes } from './service-scopes.js';

/** A new service account with its API token, which is shown only once. */
export interface CreatedService {
  readonly accountId: string;
  readonly username: string;
  readonly token: string;
}

/** The service account to create. */
export interface NewService {
  readonly username: string;
  readonly scopes: readonly ServiceScope[];
}

/**
 * Creates a service account, in the transaction that records its creation. It has no password, so it can't sign in. Its
 * only credential is an API token that reaches only what its scopes name.
 */
export async function createService(
  context: Pick<RuleContext, 'em' | 'keys' | 'now' | 'config'>,
  { username: submittedUsername, scopes }: NewService,
): Promise<CreatedService> {
  const username = canonicalUsername(submittedUsername);
  refuseAll([...validateUsername(username, 'ROOT'), ...validateServiceScopes('SERVICE', scopes)]);
  const account = await createAccount(context, {
    username,
    passwordHash: null,
    role: 'SERVICE',
    serviceScopes: scopes,
    locale: null,
    signsIn: false,
  });
  const { token } = await issueApiToken(context, account.id);
  return { accountId: account.id, username, token };
}
