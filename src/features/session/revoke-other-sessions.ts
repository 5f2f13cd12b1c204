import type { RuleContext } from '../../rules/context.js';
import { transaction } from '../../rules/transaction.js';
import type { Viewer } from '../../rules/viewer.js';
import { endSessions } from './end-sessions.js';

/** Ends all of the viewer's sessions but the one that asks. @returns how many */
export const revokeOtherSessions = (context: RuleContext, viewer: Viewer): Promise<number> =>
  transaction(context, viewer, (context) =>
    endSessions(context, viewer.accountId, (sessions) => sessions('id', '!=', viewer.sessionId)),
  );
