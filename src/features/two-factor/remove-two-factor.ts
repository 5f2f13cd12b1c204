import { sql } from 'kysely';
import type { WithUnitOfWork } from '../../rules/transaction.js';
import type { Tables } from '../../database/read/select.js';

/** Deletes every second factor of an account and all its backup codes, in the caller's transaction. */
export async function removeTwoFactor({ em }: WithUnitOfWork, accountId: string): Promise<void> {
  const db = em.getKysely<Tables>();
  await db.deleteFrom('two_factors').where('account_id', '=', accountId).execute();
  await db.deleteFrom('two_factor_enrolments').where('account_id', '=', accountId).execute();
  await db.deleteFrom('passkeys').where('account_id', '=', accountId).execute();
  await db.deleteFrom('passkey_challenges').where('account_id', '=', accountId).execute();
  await db.deleteFrom('backup_codes').where('account_id', '=', accountId).execute();
}

/**
 * Deletes the authenticator app, active and pending, in the caller's transaction. Passkeys and backup codes stay while
 * there is a passkey.
 *
 * @returns whether two-factor authentication was turned off
 */
export async function removeApp(context: WithUnitOfWork, accountId: string): Promise<boolean> {
  const db = context.em.getKysely<Tables>();
  await db
    .updateTable('two_factors')
    .set({ secret_ciphertext: null, last_step: null, last_kind: null })
    .where('account_id', '=', accountId)
    .execute();
  await db.deleteFrom('two_factor_enrolments').where('account_id', '=', accountId).execute();
  return removeIfLast(context, accountId);
}

/**
 * Turns two-factor authentication off if the account has no second factor left, in the caller's transaction.
 *
 * @returns whether it was turned off
 */
export async function removeIfLast(context: WithUnitOfWork, accountId: string): Promise<boolean> {
  const left = await context.em
    .getKysely<Tables>()
    .selectFrom('two_factors')
    .where('account_id', '=', accountId)
    .where(({ or, eb, exists, selectFrom }) =>
      or([
        eb('secret_ciphertext', 'is not', null),
        exists(
          selectFrom('passkeys')
            .whereRef('passkeys.account_id', '=', 'two_factors.account_id')
            .select(sql`1`.as('one')),
        ),
      ]),
    )
    .select('account_id')
    .executeTakeFirst();
  if (left) return false;
  await removeTwoFactor(context, accountId);
  return true;
}
