import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { transaction } from '../../rules/transaction.js';
import type { Viewer } from '../../rules/viewer.js';
import { refuse } from '../../rules/refuse.js';
import { parseCallKeySettings, type SubmittedCallKeySettings } from './call-key-settings.js';
import { publicColumns, type CallKeyRow } from './find-call-keys.js';
import { recordCallKeyEvent } from './call-key-event.js';
import { changesPeriodQuota } from './quota-renewal.js';
import { renewQuota } from './renew-quota.js';

/**
 * Updates the given fields of a call key. Another user's key is refused like an unknown one. Fields that depend
 * on the key, such as a quota without a period, are validated while its row is locked.
 */
export async function updateCallKey(
  context: RuleContext,
  owner: Viewer,
  id: string | null,
  submitted: SubmittedCallKeySettings,
): Promise<CallKeyRow> {
  if (id === null) refuse('NOT_FOUND', 'id');
  const { status, ...settings } = parseCallKeySettings(submitted, context.now);
  return transaction(context, owner, async (context) => {
    const renewal = changesPeriodQuota(settings) ? await renewQuota(context, owner, id, settings) : {};
    // Undefined columns are left out. The ID is always set, so an update without changes still finds the key.
    const callKey = await context.em
      .getKysely<Tables>()
      .updateTable('call_keys')
      .set({
        id,
        name: settings.name,
        disabled: status && status === 'DISABLED',
        expires_at: settings.expiresAt,
        models: settings.models,
        allowed_ips: settings.allowedIps,
        quota_left: settings.quotaLeft,
        requests_per_minute_limit: settings.requestsPerMinuteLimit,
        tokens_per_minute_limit: settings.tokensPerMinuteLimit,
        ...renewal,
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
