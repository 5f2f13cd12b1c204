import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { transaction } from '../../rules/transaction.js';
import type { Viewer } from '../../rules/viewer.js';
import { refuse } from '../../rules/refuse.js';
import { parseCallKeySettings, type SubmittedCallKeySettings } from './call-key-settings.js';
import { publicColumns, type CallKeyRow } from './find-call-keys.js';
import { recordCallKeyEvent } from './call-key-event.js';

/** Updates the given fields of a call key. Another user's key is refused like an unknown one. */
export async function updateCallKey(
  context: RuleContext,
  owner: Viewer,
  id: string | null,
  settings: SubmittedCallKeySettings,
): Promise<CallKeyRow> {
  if (id === null) refuse('NOT_FOUND', 'id');
  const { name, status, expiresAt, models, allowedIps, quotaLeft } = parseCallKeySettings(settings, context.now);
  return transaction(context, owner, async (context) => {
    // Undefined columns are left out. The ID is always set, so an update without changes still finds the key.
    const callKey = await context.em
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
      .returning(publicColumns(context.now))
      .executeTakeFirst();
    if (!callKey) refuse('NOT_FOUND', 'id');
    await recordCallKeyEvent(context, owner, { type: 'CALL_KEY_UPDATED', hint: callKey.hint });
    return callKey;
  });
}
