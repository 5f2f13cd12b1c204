import { issueApiToken } from '../api-token/issue-api-token.js';
import type { RuleContext } from '../../rules/context.js';
import { createAccount } from '../sign-up/create-account.js';
import { refuseAll } from '../../rules/refuse.js';
import { canonicalUsername } from '../../text/normalize.js';
import { usernameFaults } from '../username/username.js';

/** A gateway's machine account that was just made, and its API token, which is shown this once. */
export interface CreatedService {
  readonly accountId: string;
  readonly username: string;
  readonly token: string;
}

/**
 * Makes the machine account of a gateway, in the transaction that records who made it. It has no password, so nobody
 * signs in to it: all that it has is an API token, which reaches what a gateway needs and nothing else.
 */
export async function createService(
  context: Pick<RuleContext, 'em' | 'keys' | 'now' | 'config'>,
  submittedUsername: string,
): Promise<CreatedService> {
  const username = canonicalUsername(submittedUsername);
  refuseAll(usernameFaults(username, 'ROOT'));
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
