import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely';
import type { Tables } from '../../database/read/select.js';
import { recordEvent, type EventContext, type NewEvent } from '../security-event/record-event.js';
import { providerName } from './provider.js';

/** Which passkeys of the account to delete. */
type Condition = (passkeys: ExpressionBuilder<Tables, 'passkeys'>) => ExpressionWrapper<Tables, 'passkeys', SqlBool>;

/**
 * Deletes passkeys of an account, in the caller's transaction, and records each. Two-factor authentication may
 * have no factor left then; `removeIfLast` turns it off.
 *
 * @param by who removes them: the fields of the events
 * @returns how many were deleted
 */
export async function removePasskeys(
  context: EventContext,
  accountId: string,
  condition: Condition,
  by: Pick<NewEvent, 'actorId' | 'sessionId'>,
): Promise<number> {
  const removed = await context.em
    .getKysely<Tables>()
    .deleteFrom('passkeys')
    .where('account_id', '=', accountId)
    .where(condition)
    .returning('aaguid')
    .execute();
  for (const { aaguid } of removed)
    await recordEvent(context, { type: 'PASSKEY_REMOVED', accountId, ...by, detail: providerName(aaguid) });
  return removed.length;
}
