import type { RuleContext } from '../../rules/context.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { recordEvent } from '../security-event/record-event.js';
import type { SecurityEventType } from '../security-event/security-event.entity.js';

type AccessTokenEventType = Extract<SecurityEventType, `ACCESS_TOKEN${string}`>;

/** Records an event about an access token of the session's owner. */
export const recordAccessTokenEvent = (
  context: RuleContext,
  { accountId, sessionId }: SessionViewer,
  { type, detail }: { readonly type: AccessTokenEventType; readonly detail: string },
): Promise<void> => recordEvent(context, { type, accountId, sessionId, detail });
