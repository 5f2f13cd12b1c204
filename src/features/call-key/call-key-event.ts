import type { RuleContext } from '../../rules/context.js';
import type { Viewer } from '../../rules/viewer.js';
import { recordEvent } from '../security-event/record-event.js';

type CallKeyEventType = 'CALL_KEY_CREATED' | 'CALL_KEY_UPDATED' | 'CALL_KEY_ROTATED' | 'CALL_KEY_DELETED';

/** Records what the owner of a call key did. The event names the key by its hint. */
export const recordCallKeyEvent = (
  context: RuleContext,
  owner: Viewer,
  { type, hint }: { readonly type: CallKeyEventType; readonly hint: string },
): Promise<void> =>
  recordEvent(context, {
    type,
    detail: hint,
    accountId: owner.accountId,
    sessionId: owner.credential === 'SESSION' ? owner.sessionId : null,
  });
