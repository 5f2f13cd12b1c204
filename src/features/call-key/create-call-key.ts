import { callKeyHint, newCallKey } from '../../crypto/call-key.js';
import { hashToken } from '../../crypto/token.js';
import { newId } from '../../database/connection/id.js';
import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { transaction } from '../../rules/transaction.js';
import type { Viewer } from '../../rules/viewer.js';
import { detailedUserError, refuseWithError } from '../../rules/refuse.js';
import { callKeyLimit } from '../../rules/user-error-values.js';
import { CallKeyEntity } from './call-key.entity.js';
import { parseNewCallKeySettings, type SubmittedCallKeySettings } from './call-key-settings.js';
import { publicColumns, type CallKeyRow } from './find-call-keys.js';
import { recordCallKeyEvent } from './call-key-event.js';
import { quotaPeriodAt } from './quota-period.js';
import { applyPeriodQuota, noPeriodQuota } from './quota-renewal.js';

/** A new or rotated key with its secret, which is shown only once. */
export interface IssuedCallKey {
  readonly key: string;
  readonly callKey: CallKeyRow;
}

/**
 * Creates a call key and stores only the hash of its secret. The limit per user holds under concurrent requests,
 * because the transaction locks the account.
 */
export async function createCallKey(
  context: RuleContext,
  owner: Viewer,
  settings: SubmittedCallKeySettings,
): Promise<IssuedCallKey> {
  const { now } = context;
  const {
    name = '',
    expiresAt = null,
    models = [],
    allowedIps = [],
    quota = null,
    requestsPerMinuteLimit = null,
    tokensPerMinuteLimit = null,
    ...renewal
  } = parseNewCallKeySettings(settings, now);
  const periodQuota = applyPeriodQuota(noPeriodQuota, renewal);
  const key = newCallKey();
  const hint = callKeyHint(key);
  return transaction(context, owner, async (context) => {
    await refuseOverLimit(context, owner);
    const created = await context.em
      .getKysely<Tables>()
      .insertInto('call_keys')
      .values({
        id: newId(now),
        account_id: owner.accountId,
        name,
        key_hash: hashToken(key),
        hint,
        expires_at: expiresAt,
        models,
        allowed_ips: allowedIps,
        quota_left: quota,
        period: periodQuota.period,
        period_quota: periodQuota.periodQuota,
        period_time_zone: periodQuota.periodTimeZone,
        period_starts_at: quotaPeriodAt(periodQuota, now)?.from ?? null,
        requests_per_minute_limit: requestsPerMinuteLimit,
        tokens_per_minute_limit: tokensPerMinuteLimit,
        created_at: now,
      })
      .returning(publicColumns(now))
      .executeTakeFirstOrThrow();
    await recordCallKeyEvent(context, owner, { type: 'CALL_KEY_CREATED', hint });
    return { key, callKey: created };
  });
}

async function refuseOverLimit({ em, config }: RuleContext, { accountId }: Viewer): Promise<void> {
  if ((await em.count(CallKeyEntity, { account: accountId })) >= config.callKeysPerUser)
    refuseWithError(detailedUserError('CALL_KEY_LIMIT', callKeyLimit(config.callKeysPerUser)));
}
