import { sql } from 'kysely';
import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { transaction } from '../../rules/transaction.js';
import type { Viewer } from '../../rules/viewer.js';
import { refuse } from '../../rules/refuse.js';
import { DeletedCallKeyEntity } from './deleted-call-key.entity.js';
import { recordCallKeyEvent } from './call-key-event.js';

/**
 * Deletes call keys of the owner, with an event for each. They stop working immediately, but calls made with
 * them can still be reported. IDs that are unknown, deleted or another user's are ignored; refuses if no other ID was
 * given.
 *
 * @returns the IDs of the deleted keys
 */
export async function deleteCallKeys(context: RuleContext, owner: Viewer, ids: readonly string[]): Promise<string[]> {
  return transaction(context, owner, async (context) => {
    const deleted = await context.em
      .getKysely<Tables>()
      // Locks in ID order, so that concurrent changes of several keys can't deadlock.
      .with('wanted', (db) =>
        db
          .selectFrom('call_keys')
          .where('account_id', '=', owner.accountId)
          .where(({ eb, val }) => eb('id', '=', sql<string>`any(${val(ids)}::uuid[])`))
          .select('id')
          .orderBy('id')
          .forUpdate(),
      )
      .deleteFrom('call_keys')
      .where('id', 'in', (db) => db.selectFrom('wanted').select('id'))
      .returning(['id', 'hint', 'name'])
      .execute();
    if (deleted.length === 0) refuse('NOT_FOUND', 'ids');
    await context.em.insertMany(
      DeletedCallKeyEntity,
      deleted.map(({ id, name }) => ({ id, name, account: owner.accountId, deletedAt: context.now })),
    );
    for (const { hint } of deleted) await recordCallKeyEvent(context, owner, { type: 'CALL_KEY_DELETED', hint });
    return deleted.map(({ id }) => id);
  });
}
