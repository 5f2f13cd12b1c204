import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';
import { refuse } from '../../rules/refuse.js';
import { readCallKeyWish, type TypedCallKeyWish } from './call-key-wish.js';
import { shownColumns, type CallKeyRow } from './find-call-keys.js';
import { asOwner, type KeyOwner } from './key-owner.js';

/**
 * Changes what was given of one of the owner's call keys, and nothing else. Somebody else's key is as unknown as one
 * that never was.
 */
export async function updateCallKey(
  context: RuleContext,
  owner: KeyOwner,
  id: string | null,
  typed: TypedCallKeyWish,
): Promise<CallKeyRow> {
  if (id === null) refuse('NOT_FOUND', 'id');
  const { name, status, expiresAt, models, allowedIps, quotaLeft } = readCallKeyWish(typed, context.now);
  return context.em.transactional(async (em) => {
    // What is undefined is no part of the statement; the id is, so that one that changes nothing still looks for the
    // key.
    const changed = await em
      .getKysely<Tables>()
      .updateTable('call_keys')
      .set({
        id,
        name,
        disabled: status && status === 'DISABLED',
        expires_at: expiresAt,
        models,
        allowed_ips: allowedIps,
        quota_left: quotaLeft,
      })
      .where('id', '=', id)
      .where('account_id', '=', owner.accountId)
      .returning(shownColumns(context.now))
      .executeTakeFirst();
    if (!changed) refuse('NOT_FOUND', 'id');
    await recordEvent(em, context, { type: 'CALL_KEY_UPDATED', detail: changed.hint, ...asOwner(owner) });
    return changed;
  });
}
