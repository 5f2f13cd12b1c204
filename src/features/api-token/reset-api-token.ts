import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';
import { SessionOver } from '../session/session-over.js';
import type { Viewer } from '../../rules/viewer.js';
import { issueApiToken, type IssuedApiToken } from './issue-api-token.js';

/**
 * Makes the viewer a new API token; the old one, if there was one, is refused from the next call on.
 *
 * @throws {SessionOver} where the account changed meanwhile in a way that ends its sessions
 */
export const resetApiToken = (
  context: RuleContext,
  { accountId, authVersion, sessionId }: Viewer,
): Promise<IssuedApiToken> =>
  context.em.transactional(async (em) => {
    const issued = await issueApiToken(em, context, { id: accountId, authVersion });
    if (issued === null) throw new SessionOver();
    await recordEvent(em, context, { type: 'API_TOKEN_RESET', accountId, sessionId });
    return issued;
  });
