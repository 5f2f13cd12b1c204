import { LockMode } from '@mikro-orm/core';
import { minutes } from '../../duration.js';
import { RESTORE_PERIOD_MS } from '../account/account-deletion.js';
import { AccountEntity } from '../account/account.entity.js';
import { newId } from '../../database/connection/id.js';
import { runAll } from '../../rules/run-all.js';
import { disabledMailbox } from '../mail/mailbox.js';
import { recordEvent } from '../security-event/record-event.js';
import { anonymizeUsage } from '../usage/anonymize-usage.js';
import { MAXIMUM_AGE_MS } from '../usage/usage-entry.js';
import { releaseUsername, type UsernameContext } from '../username/released-username.js';

/** How often to look for deleted accounts to erase. */
export const ERASE_INTERVAL_MS = minutes(10);

/** Maximum number of accounts erased in one run; the next run continues. */
const USERS_PER_RUN = 100;

/**
 * Erases accounts whose restore period has passed, each in its own transaction. Usage logs are anonymized before that
 * transaction, because there may be very many.
 *
 * @throws {AggregateError} with every failure, after all accounts were tried
 */
export async function eraseDeletedUsers({ em, keys, now, config }: UsernameContext): Promise<void> {
  const deletedAt = { $lte: new Date(now.getTime() - RESTORE_PERIOD_MS) };
  const dueAccounts = await em.find(
    AccountEntity,
    { status: 'DELETED', erasedAt: null, deletedAt },
    { fields: ['id'], orderBy: { deletedAt: 'asc' }, limit: USERS_PER_RUN, disableIdentityMap: true },
  );
  await runAll(
    'erasing deleted accounts',
    Object.fromEntries(
      dueAccounts.map(({ id }) => [
        id,
        async () => {
          await anonymizeUsage(em.fork(), id);
          await em.transactional((transaction) => eraseUser({ em: transaction, keys, now, config }, id));
        },
      ]),
    ),
  );
}

/**
 * Replaces a deleted account with a tombstone. Deleting the row cascades to all its data; a new row with the same ID
 * and no personal data keeps events valid without rewriting them. The username stays reserved, so no one else
 * can impersonate the user with it.
 */
async function eraseUser(context: UsernameContext, id: string): Promise<void> {
  const { em, keys, now } = context;
  // Another process may be erasing the account, or an administrator restoring it. The next run looks again.
  const account = await em.findOne(
    AccountEntity,
    { id, status: 'DELETED', erasedAt: null },
    { lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE, disableIdentityMap: true },
  );
  if (!account) return;
  const { username, role, createdAt, deletedAt, statusBeforeDeletion, authVersion } = account;
  await em.nativeDelete(AccountEntity, { id });
  // Now that the call keys are deleted, no more calls can be reported. Anonymize those that were reported since the
  // first pass, which are not older than this.
  await anonymizeUsage(em, id, new Date(now.getTime() - MAXIMUM_AGE_MS));
  // Users can't choose a name with a tilde, so this one is free.
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
    locale: null,
  });
  await releaseUsername(context, username, id);
  await recordEvent(
    { em, caller: { ip: null, userAgent: null, requestId: newId(now) }, keys, now, mail: disabledMailbox },
    { type: 'USER_ERASED', accountId: id, actorId: null },
  );
}
