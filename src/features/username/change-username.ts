import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { days } from '../../duration.js';
import { AccountEntity } from '../account/account.entity.js';
import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';
import type { Viewer } from '../../rules/viewer.js';
import { refuse, refuseAll } from '../../rules/refuse.js';
import { claimUsername, releaseUsername } from './released-username.js';
import { canonicalUsername } from '../../text/normalize.js';
import { usernameFaults } from './username.js';

/** How long after a change the next one is refused (R-100; in ms). */
const CHANGE_INTERVAL_MS = days(1);

/**
 * Changes the username; id, sessions and history stay. Once a day, since names are how people know each other; the old
 * name stays reserved for the person for a while.
 *
 * @returns the name in its canonical form
 */
export async function changeUsername(context: RuleContext, viewer: Viewer, wanted: string): Promise<string> {
  const { accountId: id, role, username: former } = viewer;
  const username = canonicalUsername(wanted);
  if (username === former) return former;
  refuseAll(usernameFaults(username, role));
  const dayAgo = new Date(context.now.getTime() - CHANGE_INTERVAL_MS);
  await context.em.transactional(async (em) => {
    const changed = await em
      .nativeUpdate(
        AccountEntity,
        { id, username: former, $or: [{ usernameChangedAt: null }, { usernameChangedAt: { $lte: dayAgo } }] },
        { username, usernameChangedAt: context.now },
      )
      .catch((error: unknown) => {
        if (error instanceof UniqueConstraintViolationException) refuse('USERNAME_TAKEN', 'username');
        throw error;
      });
    if (changed === 0) refuse('USERNAME_CHANGED_RECENTLY', 'username');
    await claimUsername(em, context.now, username, id);
    await releaseUsername(em, context.now, former, id);
    await recordEvent(em, context, { type: 'USERNAME_CHANGED', accountId: id, sessionId: viewer.sessionId });
  });
  return username;
}
