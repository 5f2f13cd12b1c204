import { days } from '../../duration.js';
import { isUniqueViolation } from '../../database/connection/unique-violation.js';
import type { RuleContext } from '../../rules/context.js';
import { detailedUserError, refuse, refuseAll, refuseWithError } from '../../rules/refuse.js';
import { usernameChangedRecently } from '../../rules/user-error-values.js';
import { transaction } from '../../rules/transaction.js';
import type { SessionViewer } from '../../rules/viewer.js';
import type { Tables } from '../../database/read/select.js';
import { recordEvent } from '../security-event/record-event.js';
import { claimUsername, releaseUsername } from './released-username.js';
import { canonicalUsername } from '../../text/normalize.js';
import { validateUsername } from './username.js';

/** The minimum time between two changes. */
const CHANGE_INTERVAL_MS = days(1);

/**
 * Changes the username; ID, sessions and history stay. At most once a day, because users recognize each other by name.
 * The old name stays reserved for the user for a while.
 *
 * @returns the canonical username
 */
export async function changeUsername(
  context: RuleContext,
  viewer: SessionViewer,
  requestedUsername: string,
): Promise<string> {
  const { accountId, role, username: previous, sessionId } = viewer;
  const username = canonicalUsername(requestedUsername);
  if (username === previous) return previous;
  refuseAll(validateUsername(username, role));
  await transaction(context, viewer, async (context) => {
    if (!(await replaceUsername(context, viewer, username))) await refuseEarlyChange(context, viewer);
    await claimUsername(context, username, accountId);
    await releaseUsername(context, previous, accountId);
    await recordEvent(context, { type: 'USERNAME_CHANGED', accountId, sessionId });
  });
  return username;
}

/** @returns false if the username was changed within the last day */
async function replaceUsername({ em, now }: RuleContext, viewer: SessionViewer, username: string): Promise<boolean> {
  const dayAgo = new Date(now.getTime() - CHANGE_INTERVAL_MS);
  try {
    const { numUpdatedRows } = await em
      .getKysely<Tables>()
      .updateTable('accounts')
      .set({ username, username_changed_at: now })
      .where('id', '=', viewer.accountId)
      .where('username', '=', viewer.username)
      .where(({ or, eb }) => or([eb('username_changed_at', 'is', null), eb('username_changed_at', '<=', dayAgo)]))
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  } catch (error) {
    if (isUniqueViolation(error)) refuse('USERNAME_TAKEN', 'username');
    throw error;
  }
}

async function refuseEarlyChange({ em, now }: RuleContext, { accountId }: SessionViewer): Promise<never> {
  const { changedAt } = await em
    .getKysely<Tables>()
    .selectFrom('accounts')
    .where('id', '=', accountId)
    .select('username_changed_at as changedAt')
    .executeTakeFirstOrThrow();
  const retryAt = new Date((changedAt ?? now).getTime() + CHANGE_INTERVAL_MS);
  return refuseWithError(
    detailedUserError('USERNAME_CHANGED_RECENTLY', usernameChangedRecently(retryAt, now), 'username'),
  );
}
