import type { RuleContext } from '../../rules/context.js';
import type { Viewer } from '../../rules/viewer.js';
import { recordEvent } from '../security-event/record-event.js';

type CallKeyEventType = 'CALL_KEY_CREATED' | 'CALL_KEY_UPDATED' | 'CALL_KEY_ROTATED' | 'CALL_KEY_DELETED';

/** Records an event about a call key, with the key's hint. */
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
