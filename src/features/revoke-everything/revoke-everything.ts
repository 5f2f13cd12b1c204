import type { RuleContext } from '../../rules/context.js';
import { transaction } from '../../rules/transaction.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { disableCallKeys } from '../call-key/disable-call-keys.js';
import { recordEvent } from '../security-event/record-event.js';
import type { IssuedSession } from '../session/issue-session.js';
import type { SessionSelection } from '../session/revoke-sessions.js';
import { rotateSession } from '../session/rotate-session.js';
import { revokeAccess } from './revoke-access.js';

/** What was revoked, in numbers, and the viewer's session with its new token. */
export interface Revoked {
  /** Other sessions. */
  readonly sessions: number;
  readonly accessTokens: number;
  /** Disabled call keys; 0 if they were not to be disabled. */
  readonly callKeys: number;
  readonly session: IssuedSession;
}

/**
 * Ends in one transaction whatever could let someone else into the account: all other sessions, challenges, reset
 * links, mailed codes, known and trusted browsers, known networks, the API token and access tokens. The new
 * `authVersion` ends what carries the old one. The link that undoes a change of the email address stays.
 *
 * @param callKeys whether to disable call keys too
 */
export async function revokeEverything(
  context: RuleContext,
  viewer: SessionViewer,
  { callKeys }: { readonly callKeys: boolean },
): Promise<Revoked> {
  const { accountId, sessionId } = viewer;
  return transaction(context, viewer, async (context) => {
    const authVersion = viewer.authVersion + 1;
    const selected: SessionSelection = (session) => session('id', '!=', sessionId);
    const { sessions, accessTokens } = await revokeAccess(context, { id: accountId, authVersion }, selected);
    const disabled = callKeys ? await disableCallKeys(context, viewer) : 0;
    await recordEvent(context, { type: 'EVERYTHING_REVOKED', accountId, sessionId });
    const session = await rotateSession(context, viewer, { authVersion, steppedUp: false });
    return { sessions, accessTokens, callKeys: disabled, session };
  });
}
