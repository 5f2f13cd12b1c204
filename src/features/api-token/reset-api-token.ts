import type { RuleContext } from '../../rules/context.js';
import { transaction } from '../../rules/transaction.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { recordEvent } from '../security-event/record-event.js';
import { issueApiToken, type IssuedApiToken } from './issue-api-token.js';

/** Creates or replaces the viewer's API token. The previous token stops working immediately. */
export const resetApiToken = (context: RuleContext, viewer: SessionViewer): Promise<IssuedApiToken> =>
  transaction(context, viewer, async (context) => {
    const { accountId, sessionId } = viewer;
    const issued = await issueApiToken(context, accountId);
    await recordEvent(context, { type: 'API_TOKEN_RESET', accountId, sessionId });
    return issued;
  });
