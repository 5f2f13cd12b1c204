import { LockMode } from '@mikro-orm/core';
import { days, minutes } from '../../duration.js';
import { AccountEntity } from '../account/account.entity.js';
import type { KeyRing } from '../../crypto/key-ring.js';
import type { EntityManager } from '../../database/connection/database.js';
import { newId } from '../../database/connection/id.js';
import { runAll } from '../../rules/run-all.js';
import { noMailbox } from '../mail/mailbox.js';
import { recordEvent } from '../security-event/record-event.js';
import { anonymizeUsage } from '../usage/anonymize-usage.js';
import { EARLIEST_MS } from '../usage/usage-entry.js';
import { releaseUsername } from '../username/released-username.js';

/** How long a deleted account can be restored (in ms). */
export const RESTORABLE_MS = days(30);

/** How often deleted accounts are looked for whose time has come (in ms). */
export const ERASE_INTERVAL_MS = minutes(10);

/** How many accounts are erased at a time; the rest has its turn minutes later. */
const USERS_PER_RUN = 100;

/**
 * Erases the accounts that were deleted long enough ago, each in a transaction of its own. The logs of its calls, of
 * which there may be very many, are made anonymous before.
 *
 * @throws {AggregateError} with every account that could not be erased, after all of them had their turn
 */
export async function eraseDeletedUsers(em: EntityManager, keys: KeyRing, now: Date): Promise<void> {
  const deletedAt = { $lte: new Date(now.getTime() - RESTORABLE_MS) };
  const due = await em.find(
    AccountEntity,
    { status: 'DELETED', erasedAt: null, deletedAt },
    { fields: ['id'], orderBy: { deletedAt: 'asc' }, limit: USERS_PER_RUN, disableIdentityMap: true },
  );
  await runAll(
    'erasing deleted accounts',
    Object.fromEntries(
      due.map(({ id }) => [
        id,
        async () => {
          await anonymizeUsage(em.fork(), id);
          await em.transactional((transaction) => eraseUser(transaction, keys, now, id));
        },
      ]),
    ),
  );
}

/**
 * Makes a tombstone of a deleted account. The row is deleted, and with it every row of every feature that belongs to
 * it; another one with the same id and nothing of the person takes its place, so that what refers to the id, as events
 * do, need not be rewritten. The name stays reserved for a while, so that nobody is taken for the person
 * (R-100).
 */
async function eraseUser(em: EntityManager, keys: KeyRing, now: Date, id: string): Promise<void> {
  // An administrator may be restoring it at this moment.
  const account = await em.findOne(
    AccountEntity,
    { id, status: 'DELETED', erasedAt: null },
    { lockMode: LockMode.PESSIMISTIC_WRITE, disableIdentityMap: true },
  );
  if (!account) return;
  const { username, role, createdAt, deletedAt, statusBeforeDeletion, authVersion } = account;
  await em.nativeDelete(AccountEntity, { id });
  // Its call keys are gone now. A gateway may have told of late calls until this moment, and of none from before this
  // time.
  await anonymizeUsage(em, id, new Date(now.getTime() - EARLIEST_MS));
  // No person's name begins with a tilde.
  await em.insert(AccountEntity, {
    id,
    username: `~${id}`,
    role,
    createdAt,
    deletedAt,
    statusBeforeDeletion,
    status: 'DELETED',
    authVersion: authVersion + 1,
    erasedAt: now,
    locale: 'EN',
  });
  await releaseUsername({ em, now }, username, id);
  await recordEvent(
    { em, caller: { ip: null, userAgent: null, requestId: newId(now) }, keys, now, mail: noMailbox },
    { type: 'USER_ERASED', accountId: id, actorId: null },
  );
}
