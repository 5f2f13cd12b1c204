import { days } from '../../duration.js';
import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import { ReleasedUsernameEntity } from './released-username.entity.js';
import type { Sweep } from '../../database/sweep/sweep.js';

/** How long a released username stays reserved for its previous owner. */
const RESERVATION_MS = days(30);

/**
 * Refuses a username that another account released recently. Call it in the same transaction, after the account's row
 * has the new name: a concurrent release is then committed and visible.
 */
export async function claimUsername(
  { em, now }: Pick<RuleContext, 'em' | 'now'>,
  username: string,
  accountId: string,
): Promise<void> {
  const reservationCount = await em.count(ReleasedUsernameEntity, {
    username,
    accountId: { $ne: accountId },
    reservedUntil: { $gt: now },
  });
  if (reservationCount > 0) refuse('USERNAME_TAKEN', 'username');
}

/** Reserves a username for the account that gives it up. */
export async function releaseUsername(
  { em, now }: Pick<RuleContext, 'em' | 'now'>,
  username: string,
  accountId: string,
): Promise<void> {
  await em.upsert(ReleasedUsernameEntity, {
    username,
    accountId,
    reservedUntil: new Date(now.getTime() + RESERVATION_MS),
  });
}

/** Deletes reservations that have expired. */
export const expiredReservations: Sweep = {
  name: 'usernames',
  table: 'released_usernames',
  key: 'username',
  expiry: 'reserved_until',
};
