import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';
import { refuse } from '../../rules/refuse.js';
import { findOwnCallKey, type CallKeyRow } from './find-call-keys.js';
import { asOwner, type KeyOwner } from './key-owner.js';

/**
 * Ends the grace of a rotated key: its old secret is refused from the next call on. A key without one stays as it is,
 * and nothing is recorded.
 */
export async function endCallKeyGrace(context: RuleContext, owner: KeyOwner, id: string | null): Promise<CallKeyRow> {
  if (id === null) refuse('NOT_FOUND', 'id');
  await context.em.transactional(async (em) => {
    const ended = await em
      .getKysely<Tables>()
      .updateTable('call_keys')
      .set({ old_key_hash: null, old_key_valid_until: null })
      .where('id', '=', id)
      .where('account_id', '=', owner.accountId)
      .where('old_key_valid_until', '>', context.now)
      .returning('hint')
      .executeTakeFirst();
    if (ended) await recordEvent(em, context, { type: 'CALL_KEY_UPDATED', detail: ended.hint, ...asOwner(owner) });
  });
  return (await findOwnCallKey(context.reader, id, owner.accountId, context.now)) ?? refuse('NOT_FOUND', 'id');
}
