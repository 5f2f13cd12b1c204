import { days } from '../../duration.js';
import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import { ReleasedUsernameEntity } from './released-username.entity.js';
import type { Sweep } from '../../database/sweep/sweep.js';

/** How long a name that was given up stays with who gave it up (R-100; in ms). */
const RESERVED_MS = days(30);

/**
 * Refuses a name that somebody else gave up lately. Called after the account's row has taken the name, in the same
 * transaction: by then a release that was under way has committed, and is seen.
 */
export async function claimUsername(
  { em, now }: Pick<RuleContext, 'em' | 'now'>,
  username: string,
  accountId: string,
): Promise<void> {
  const reserved = await em.count(ReleasedUsernameEntity, {
    username,
    accountId: { $ne: accountId },
    reservedUntil: { $gt: now },
  });
  if (reserved > 0) refuse('USERNAME_TAKEN', 'username');
}

/** Keeps a name for who gives it up. */
export async function releaseUsername(
  { em, now }: Pick<RuleContext, 'em' | 'now'>,
  username: string,
  accountId: string,
): Promise<void> {
  await em.upsert(ReleasedUsernameEntity, {
    username,
    accountId,
    reservedUntil: new Date(now.getTime() + RESERVED_MS),
  });
}

/** Names that anybody can take again. */
export const releasedUsernames: Sweep = {
  name: 'usernames',
  table: 'released_usernames',
  key: 'username',
  expiry: 'reserved_until',
};
