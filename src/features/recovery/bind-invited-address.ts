import { isUniqueViolation } from '../../database/connection/unique-violation.js';
import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { savepoint } from '../../rules/transaction.js';
import { parseEmailAddress, type EmailAddress } from '../account/email-address.js';
import { recordEvent } from '../security-event/record-event.js';
import type { Reset } from './find-reset.js';

/**
 * Binds the address an invitation was emailed to, in the transaction that consumes its token: the token proves that the
 * user reads that mailbox. If another account has the address or can still restore it, nothing is bound,
 * but the password is set.
 */
export async function bindInvitedAddress(context: RuleContext, { accountId, bindsEmail }: Reset): Promise<void> {
  const address = bindsEmail === null ? null : parseEmailAddress(bindsEmail);
  if (!address || !(await bindIfAvailable(context, accountId, address))) return;
  await recordEvent(context, { type: 'EMAIL_BOUND', accountId, actorId: null });
}

/** If two accounts bind the same address concurrently, only the savepoint of the second one is rolled back. */
async function bindIfAvailable(context: RuleContext, accountId: string, address: EmailAddress): Promise<boolean> {
  try {
    return await savepoint(context, (context) => bind(context, accountId, address));
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}

async function bind({ em, now }: RuleContext, accountId: string, { address, key }: EmailAddress): Promise<boolean> {
  const { numUpdatedRows } = await em
    .getKysely<Tables>()
    .updateTable('accounts')
    .set({ email: address, email_key: key })
    .where('id', '=', accountId)
    .where('email', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('accounts as other').where('other.email_key', '=', key).select('other.id'))),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('email_changes')
            .where('former_email_key', '=', key)
            .where('account_id', '!=', accountId)
            .where('expires_at', '>', now)
            .select('email_changes.id'),
        ),
      ),
    )
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
