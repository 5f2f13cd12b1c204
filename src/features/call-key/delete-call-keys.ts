import { sql } from 'kysely';
import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { transaction } from '../../rules/transaction.js';
import type { AnyViewer } from '../../rules/viewer.js';
import { refuse } from '../../rules/refuse.js';
import { DeletedCallKeyEntity } from './deleted-call-key.entity.js';
import { recordCallKeyEvent } from './call-key-event.js';

/**
 * Deletes some of the owner's call keys, with an event for each; they are refused from the next call on, and
 * calls that were made with them can still be reported. Ids that are unknown, somebody else's or deleted already are
 * left out, and refused where nothing else was named.
 *
 * @returns the ids of those that are gone
 */
export async function deleteCallKeys(
  context: RuleContext,
  owner: AnyViewer,
  ids: readonly string[],
): Promise<string[]> {
  return transaction(context, owner, async (context) => {
    const deleted = await context.em
      .getKysely<Tables>()
      // Locked in one order, so that two changes of several keys at once never wait for each other.
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
