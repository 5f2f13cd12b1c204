import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { recordCallKeyEvent } from './call-key-event.js';

/**
 * Disables the call keys of an account that are not disabled yet, with an event for each, in a transaction that has
 * locked the account.
 *
 * @returns the number of keys that were disabled
 */
export async function disableCallKeys(context: RuleContext, owner: SessionViewer): Promise<number> {
  const disabled = await context.em
    .getKysely<Tables>()
    .updateTable('call_keys')
    .set({ disabled: true })
    .where('account_id', '=', owner.accountId)
    .where('disabled', '=', false)
    .returning('hint')
    .execute();
  for (const { hint } of disabled) await recordCallKeyEvent(context, owner, { type: 'CALL_KEY_UPDATED', hint });
  return disabled.length;
}
