import type { RuleContext } from '../../rules/context.js';
import { endSessions } from './end-sessions.js';
import type { Viewer } from '../../rules/viewer.js';

/** Ends all of the viewer's sessions but the one that asks. @returns how many */
export const revokeOtherSessions = (context: RuleContext, viewer: Viewer): Promise<number> =>
  context.em.transactional((em) =>
    endSessions(em, context, viewer.accountId, (sessions) => sessions('id', '!=', viewer.sessionId)),
  );
