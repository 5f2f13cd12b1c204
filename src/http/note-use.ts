import { isNoteDue, noteApiTokenUse } from '../api-token/note-api-token-use.js';
import type { BackgroundWork } from '../background-work.js';
import { fork, type Database } from '../database/database.js';
import type { AnyViewer, Context } from '../graphql/context.js';
import { isTouchDue, touchSession } from '../session/touch-session.js';

/** Notes that a credential is in use, behind the answer and once a minute at the most. */
export function noteUse({ background, database }: { readonly background: BackgroundWork; readonly database: Database }, viewer: AnyViewer, context: Pick<Context, 'caller' | 'now'>): void {
  const { now } = context;
  if (viewer.credential === 'SESSION') {
    if (isTouchDue(viewer, now)) background.start(touchSession(fork(database), viewer.sessionId, now));
  } else if (isNoteDue(viewer, now)) {
    background.start(noteApiTokenUse(fork(database), viewer, context.caller.ip, now));
  }
}
