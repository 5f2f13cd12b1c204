import { issueApiToken } from '../api-token/issue-api-token.js';
import type { RuleContext } from '../../rules/context.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { refuseAll } from '../../rules/refuse.js';
import { validateServiceTokenReset } from './account-actions.js';
import { actOnUser, type AdminAction } from './act-on-user.js';

/**
 * Resets a service account's token. The previous token stops working immediately. Only ROOT outranks a service
 * account.
 *
 * @returns the token, which can't be read again later
 */
export const resetServiceToken = (context: RuleContext, viewer: SessionViewer, action: AdminAction): Promise<string> =>
  actOnUser(context, viewer, action, 'RESET_SERVICE_TOKEN', async ({ context, target, record }) => {
    refuseAll(validateServiceTokenReset({ target }));
    const { token } = await issueApiToken(context, target.id);
    await record('SERVICE_TOKEN_RESET');
    return token;
  });
