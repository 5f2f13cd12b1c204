import type { Tables } from '../../database/read/select.js';
import { recordEvent, type EventContext } from '../security-event/record-event.js';
import { removeApp, removeIfLast } from '../two-factor/remove-two-factor.js';
import { removePasskeys } from './remove-passkeys.js';

/**
 * Removes the app and the passkeys that were added after a time, in the caller's transaction: an intruder may have
 * added them, and they would outlive the owner's return (D-9).
 */
export async function removeLaterFactors(context: EventContext, accountId: string, since: Date): Promise<void> {
  const removed = await removePasskeys(context, accountId, (passkey) => passkey('created_at', '>', since), {
    actorId: null,
  });
  const laterApp = await context.em
    .getKysely<Tables>()
    .selectFrom('two_factors')
    .where('account_id', '=', accountId)
    .where('secret_ciphertext', 'is not', null)
    .where('enabled_at', '>', since)
    .select('account_id')
    .executeTakeFirst();
  if (!laterApp && removed === 0) return;
  const isOff = laterApp ? await removeApp(context, accountId) : await removeIfLast(context, accountId);
  if (isOff || laterApp)
    await recordEvent(context, {
      type: 'TWO_FACTOR_DISABLED',
      accountId,
      actorId: null,
      detail: isOff ? null : 'PASSKEYS_LEFT',
    });
}
