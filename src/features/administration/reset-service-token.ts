import { issueApiToken } from '../api-token/issue-api-token.js';
import type { RuleContext } from '../../rules/context.js';
import type { Viewer } from '../../rules/viewer.js';
import { invalidValue, refuse, refuseWith } from '../../rules/refuse.js';
import { actOnUser, type AdminAction } from './act-on-user.js';
import { accountIsDisabled } from './messages.js';

/**
 * Gives a machine account a new token; the one before is refused from the next call on. By ROOT alone, who
 * stands above it. @returns the token, which is known only now
 */
export const resetServiceToken = (context: RuleContext, viewer: Viewer, act: AdminAction): Promise<string> =>
  actOnUser(context, viewer, act, {}, async ({ context, target, record }) => {
    if (target.role !== 'SERVICE') refuse('NOT_FOUND', 'userId');
    if (target.status !== 'ACTIVE') refuseWith(invalidValue(accountIsDisabled, 'userId'));
    const { token } = await issueApiToken(context, target.id);
    await record('SERVICE_TOKEN_RESET');
    return token;
  });
