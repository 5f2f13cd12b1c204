import type { RuleContext } from '../../rules/context.js';
import { revokeAllAccessTokens } from '../access-token/revoke-access-tokens.js';
import { changeAccount } from '../account/change-account.js';
import { removeApiToken } from '../api-token/remove-api-token.js';
import { endResets } from '../recovery/issue-password-reset.js';
import { forgetNetworks } from '../session/known-network.js';
import { revokeSessions, type SessionSelection } from '../session/revoke-sessions.js';

/**
 * Ends for good what lets someone into an account, besides its password, factors and call keys, in the caller's
 * transaction: the selected sessions, the API token, access tokens, reset links and known networks. The new
 * `authVersion` ends what carries the old one: challenges, mailed codes, known and trusted browsers.
 *
 * @param authVersion the new one
 * @returns how many sessions and access tokens were revoked
 */
export async function revokeAccess(
  context: RuleContext,
  { id, authVersion }: { readonly id: string; readonly authVersion: number },
  selected: SessionSelection,
): Promise<{ readonly sessions: number; readonly accessTokens: number }> {
  const sessions = await revokeSessions(context, id, selected);
  await changeAccount(context, id, { auth_version: authVersion });
  await removeApiToken(context, id);
  const accessTokens = await revokeAllAccessTokens(context, id);
  await endResets(context, id);
  await forgetNetworks(context, id);
  return { sessions, accessTokens };
}
