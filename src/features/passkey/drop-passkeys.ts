import { sql } from 'kysely';
import type { Tables } from '../../database/read/select.js';
import { noAuthority } from '../../rules/authority.js';
import { transaction } from '../../rules/transaction.js';
import { changeAccount } from '../account/change-account.js';
import { recordEvent, type EventContext } from '../security-event/record-event.js';
import { removeIfLast } from '../two-factor/remove-two-factor.js';
import { removePasskeys } from './remove-passkeys.js';

/** The RP IDs that have passkeys, in order. */
export async function findRpIds({ em }: Pick<EventContext, 'em'>): Promise<string[]> {
  const rows = await em
    .getKysely<Tables>()
    .selectFrom('passkeys')
    .select('rp_id')
    .distinct()
    .orderBy('rp_id')
    .execute();
  return rows.map((row) => row.rp_id);
}

/** What was deleted. */
export interface DroppedPasskeys {
  readonly passkeys: number;
  readonly accounts: number;
  /** Accounts that have no second factor left. */
  readonly turnedOff: number;
}

/**
 * Deletes all passkeys of an RP ID that the server no longer has, account by account. It has the consequences
 * of a removal by the owner: sessions are revoked, and the last second factor turns two-factor authentication off.
 */
export async function dropPasskeys(context: EventContext, rpId: string): Promise<DroppedPasskeys> {
  const accounts = await context.em
    .getKysely<Tables>()
    .selectFrom('passkeys')
    .where('rp_id', '=', rpId)
    .select('account_id as id')
    .distinct()
    .execute();
  const dropped = { passkeys: 0, accounts: accounts.length, turnedOff: 0 };
  for (const { id } of accounts) {
    const { passkeys, turnedOff } = await transaction(
      context,
      noAuthority,
      (context) => dropOfAccount(context, id, rpId),
      { ids: [id] },
    );
    dropped.passkeys += passkeys;
    dropped.turnedOff += turnedOff ? 1 : 0;
  }
  return dropped;
}

async function dropOfAccount(context: EventContext, accountId: string, rpId: string) {
  await changeAccount(context, accountId, { auth_version: sql<number>`auth_version + 1` });
  const passkeys = await removePasskeys(context, accountId, (passkey) => passkey('rp_id', '=', rpId), {
    actorId: null,
  });
  const turnedOff = await removeIfLast(context, accountId);
  if (turnedOff) await recordEvent(context, { type: 'TWO_FACTOR_DISABLED', accountId, actorId: null });
  return { passkeys, turnedOff };
}
