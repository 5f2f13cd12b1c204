import { hours } from '../../duration.js';
import { callKeyHint, newCallKey } from '../../crypto/call-key.js';
import { hashToken } from '../../crypto/token.js';
import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { transaction } from '../../rules/transaction.js';
import type { Viewer } from '../../rules/viewer.js';
import { validateGraceHours } from '../../rules/grace-period.js';
import { refuse, refuseAll } from '../../rules/refuse.js';
import type { IssuedCallKey } from './create-call-key.js';
import { publicColumns } from './find-call-keys.js';
import { recordCallKeyEvent } from './call-key-event.js';

/**
 * Replaces the secret of a call key. The previous secret works until the grace period ends, or stops immediately if it
 * is 0. A secret that is already in a grace period stops working, so that at most two are valid.
 */
export async function rotateCallKey(
  context: RuleContext,
  owner: Viewer,
  id: string | null,
  graceHours: number,
): Promise<IssuedCallKey> {
  const { now } = context;
  refuseAll(validateGraceHours(graceHours));
  if (id === null) refuse('NOT_FOUND', 'id');
  const key = newCallKey();
  const hint = callKeyHint(key);
  const graceEndsAt = graceHours > 0 ? new Date(now.getTime() + hours(graceHours)) : null;
  return transaction(context, owner, async (context) => {
    const rotated = await context.em
      .getKysely<Tables>()
      .updateTable('call_keys')
      .set(({ ref }) => ({
        key_hash: hashToken(key),
        hint,
        old_key_hash: graceEndsAt && ref('key_hash'),
        old_key_valid_until: graceEndsAt,
      }))
      .where('id', '=', id)
      .where('account_id', '=', owner.accountId)
      .returning(publicColumns(now))
      .executeTakeFirst();
    if (!rotated) refuse('NOT_FOUND', 'id');
    await recordCallKeyEvent(context, owner, { type: 'CALL_KEY_ROTATED', hint });
    return { key, callKey: rotated };
  });
}
