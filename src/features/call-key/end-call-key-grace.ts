import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { transaction } from '../../rules/transaction.js';
import type { Viewer } from '../../rules/viewer.js';
import { refuse } from '../../rules/refuse.js';
import { findOwnCallKey, type CallKeyRow } from './find-call-keys.js';
import { recordCallKeyEvent } from './call-key-event.js';

/**
 * Ends the grace period of a rotated key: its old secret stops working immediately. Without a grace period nothing
 * changes and nothing is recorded.
 */
export async function endCallKeyGrace(context: RuleContext, owner: Viewer, id: string | null): Promise<CallKeyRow> {
  if (id === null) refuse('NOT_FOUND', 'id');
  await transaction(context, owner, async (context) => {
    const callKey = await context.em
      .getKysely<Tables>()
      .updateTable('call_keys')
      .set({ old_key_hash: null, old_key_valid_until: null })
      .where('id', '=', id)
      .where('account_id', '=', owner.accountId)
      .where('old_key_valid_until', '>', context.now)
      .returning('hint')
      .executeTakeFirst();
    if (callKey) await recordCallKeyEvent(context, owner, { type: 'CALL_KEY_UPDATED', hint: callKey.hint });
  });
  return (await findOwnCallKey(context.reader, id, owner.accountId, context.now)) ?? refuse('NOT_FOUND', 'id');
}
