import { recordAccessTokenUse } from '../../features/access-token/record-access-token-use.js';
import { isUseRecordDue, recordApiTokenUse } from '../../features/api-token/record-api-token-use.js';
import type { BackgroundWork } from '../../rules/background-work.js';
import { fork, type Database } from '../../database/connection/database.js';
import type { Context } from '../../graphql-kit/context.js';
import type { Viewer } from '../../rules/viewer.js';
import { isTouchDue, touchSession } from '../../features/session/touch-session.js';

/** Records the use of a credential in the background, at most once a minute. */
export function recordUse(
  { background, database }: { readonly background: BackgroundWork; readonly database: Database },
  viewer: Viewer,
  context: Pick<Context, 'caller' | 'now'>,
): void {
  const { now } = context;
  if (viewer.credential === 'SESSION') {
    if (isTouchDue(viewer, now)) background.start(touchSession(fork(database), viewer.sessionId, now));
  } else if (isUseRecordDue(viewer, now)) {
    const { ip } = context.caller;
    background.start(
      viewer.accessTokenId === null
        ? recordApiTokenUse(fork(database), viewer, ip, now)
        : recordAccessTokenUse(fork(database), viewer.accessTokenId, ip, now),
    );
  }
}
