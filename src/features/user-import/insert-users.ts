import { noAuthority } from '../../rules/authority.js';
import type { RuleContext } from '../../rules/context.js';
import { transaction } from '../../rules/transaction.js';
import type { Tables } from '../../database/read/select.js';
import { recordEvents } from '../security-event/record-event.js';
import { findConflicts, type Conflict, type IdentifiedUser } from './find-conflicts.js';

/** What an import needs. `now` is the time of one batch. */
export type ImportContext = Pick<RuleContext, 'em' | 'now' | 'keys' | 'config' | 'caller' | 'mail'>;

/**
 * Creates the accounts of a batch in one transaction, with an event each. A user who is there, or whose name or address
 * others have, is left out; of several imports at the same time, one creates the account.
 *
 * @returns why users were left out, by ID
 */
export const insertUsers = (
  context: ImportContext,
  users: readonly IdentifiedUser[],
): Promise<ReadonlyMap<string, Conflict>> =>
  transaction(context, noAuthority, async (context) => {
    const inserted = await insertAccounts(context, users);
    const conflicts = await findConflicts(context, users, inserted);
    const leftOut = [...inserted].filter((id) => conflicts.has(id));
    if (leftOut.length > 0) await deleteAccounts(context, leftOut);
    const vanished = users.filter(({ id }) => !inserted.has(id) && !conflicts.has(id));
    await recordEvents(
      context,
      users
        .filter(({ id }) => inserted.has(id) && !conflicts.has(id))
        .map(({ id, role }) => ({ type: 'USER_IMPORTED', accountId: id, actorId: null, detail: role })),
    );
    return new Map<string, Conflict>([...conflicts, ...vanished.map(({ id }) => [id, changedMeanwhile] as const)]);
  });

/** An account that was in the way when the rows were inserted, and is gone. */
const changedMeanwhile: Conflict = [{ field: null, message: 'Accounts were changed at the same time. Try again.' }];

/** Inserts the accounts that no unique index rejects. Returns their IDs. */
async function insertAccounts({ em, now }: ImportContext, users: readonly IdentifiedUser[]): Promise<Set<string>> {
  if (users.length === 0) return new Set();
  const rows = await em
    .getKysely<Tables>()
    .insertInto('accounts')
    .values(
      users.map(({ id, username, email, role, status, passwordHash, createdAt, locale }) => ({
        id,
        username,
        role,
        status,
        password_hash: passwordHash,
        password_changed_at: passwordHash === null ? null : now,
        auth_version: 1,
        email: email?.address ?? null,
        email_key: email?.key ?? null,
        locale,
        created_at: createdAt ?? now,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Deletes accounts that this transaction inserted, before anyone could see them. */
const deleteAccounts = ({ em }: ImportContext, ids: readonly string[]) =>
  em.getKysely<Tables>().deleteFrom('accounts').where('id', 'in', ids).execute();
