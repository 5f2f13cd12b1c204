import { days } from '../../duration.js';
import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import { ReleasedUsernameEntity } from './released-username.entity.js';
import { isRetiredForOthers, retireUsernames } from './retired-username.js';
import type { Sweep } from '../../database/sweep/sweep.js';

/** How long a released username stays reserved for its previous owner. */
const RESERVATION_MS = days(30);

/** What the rules of released usernames need. */
export type UsernameContext = Pick<RuleContext, 'em' | 'now' | 'keys' | 'config'>;

/**
 * Refuses a username that another account released recently or, while services may know users by name, ever. Call it in
 * the same transaction, after the account's row has the new name: a concurrent release is then committed and visible.
 */
export async function claimUsername(context: UsernameContext, username: string, accountId: string): Promise<void> {
  const { em, now, config } = context;
  const reservationCount = await em.count(ReleasedUsernameEntity, {
    username,
    accountId: { $ne: accountId },
    reservedUntil: { $gt: now },
  });
  const isRetired = config.keepsReleasedUsernames && (await isRetiredForOthers(context, { username, accountId }));
  if (reservationCount > 0 || isRetired) refuse('USERNAME_TAKEN', 'username');
}

/** Reserves a username for the account that gives it up. */
export async function releaseUsername(context: UsernameContext, username: string, accountId: string): Promise<void> {
  const { em, now, config } = context;
  await em.upsert(ReleasedUsernameEntity, {
    username,
    accountId,
    reservedUntil: new Date(now.getTime() + RESERVATION_MS),
  });
  if (config.keepsReleasedUsernames) await retireUsernames(context, [{ username, accountId }]);
}

/** Deletes reservations that have expired. */
export const expiredReservations: Sweep = {
  name: 'usernames',
  table: 'released_usernames',
  key: 'username',
  expiry: 'reserved_until',
};
