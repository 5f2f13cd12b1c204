import { issueApiToken } from '../api-token/issue-api-token.js';
import type { RuleContext } from '../../rules/context.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { invalidValue, refuse, refuseWithError } from '../../rules/refuse.js';
import { actOnUser, type AdminAction } from './act-on-user.js';
import { accountIsDisabled } from './messages.js';

/**
 * Resets a service account's token. The previous token stops working immediately. Only ROOT outranks a service
 * account.
 *
 * @returns the token, which can't be read again later
 */
export const resetServiceToken = (context: RuleContext, viewer: SessionViewer, action: AdminAction): Promise<string> =>
  actOnUser(context, viewer, action, {}, async ({ context, target, record }) => {
    if (target.role !== 'SERVICE') refuse('NOT_FOUND', 'userId');
    if (target.status !== 'ACTIVE') refuseWithError(invalidValue(accountIsDisabled, 'userId'));
    const { token } = await issueApiToken(context, target.id);
    await record('SERVICE_TOKEN_RESET');
    return token;
  });
