import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';
import { SessionEntity } from '../session/session.entity.js';
import type { Viewer } from '../../rules/viewer.js';

/** Ends the caller's session on the server, if there is one. */
export async function logout(context: RuleContext, viewer: Viewer | null): Promise<void> {
  if (viewer === null) return;
  const { accountId, sessionId } = viewer;
  await context.em.transactional(async (em) => {
    const ended = await em.nativeDelete(SessionEntity, { id: sessionId });
    if (ended === 1) await recordEvent(em, context, { type: 'LOGGED_OUT', accountId, sessionId });
  });
}
