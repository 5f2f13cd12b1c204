import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import type { VerifiedAssertion } from './verify-assertion.js';

/**
 * Consumes a right answer, in a transaction that has locked the account: the passkey must still exist, and its counter
 * must rise, unless it always is 0.
 *
 * @param signsIn whether it signs in alone, which it then has shown that it can
 * @returns false if the passkey was deleted or used with a higher counter since
 */
export async function consumePasskey(
  { em, now }: Pick<RuleContext, 'em' | 'now'>,
  { passkeyId, accountId, counter, backedUp }: VerifiedAssertion,
  signsIn = false,
): Promise<boolean> {
  const { numUpdatedRows } = await em
    .getKysely<Tables>()
    .with('consumed', (db) =>
      db
        .updateTable('passkeys')
        .set({
          counter: BigInt(counter),
          backed_up: backedUp,
          last_used_at: now,
          ...(signsIn ? { signs_in: true } : {}),
        })
        .where('id', '=', passkeyId)
        .where('account_id', '=', accountId)
        .where(({ or, and, eb }) =>
          or([
            eb('counter', '<', BigInt(counter)),
            and([eb('counter', '=', 0n), eb(eb.val(BigInt(counter)), '=', 0n)]),
          ]),
        )
        .returning('account_id'),
    )
    .updateTable('two_factors')
    .from('consumed')
    .set({ last_kind: 'PASSKEY' })
    .whereRef('two_factors.account_id', '=', 'consumed.account_id')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
