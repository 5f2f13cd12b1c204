import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { parseEmailAddress } from '../account/email-address.js';
import type { EntityManager } from '../../database/connection/database.js';
import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';
import type { Reset } from './find-reset.js';

/**
 * Binds the address that an invitation was mailed to, in the transaction that uses its token: who has that has read the
 * mail, so the address is a verified one. Where somebody else has it by now, or can still have it back, nothing is
 * bound; the password is set all the same.
 */
export async function bindInvitedAddress(
  em: EntityManager,
  context: RuleContext,
  { accountId, bindsEmail }: Reset,
): Promise<void> {
  const invited = bindsEmail === null ? null : parseEmailAddress(bindsEmail);
  if (!invited || !(await bindIfFree(em, context, accountId, invited))) return;
  await recordEvent(em, context, { type: 'EMAIL_BOUND', accountId, actorId: null });
}

/** Of two who bind one address at once, one has it; the other's savepoint is rolled back alone. */
async function bindIfFree(
  em: EntityManager,
  { now }: RuleContext,
  accountId: string,
  { address, key }: { readonly address: string; readonly key: string },
): Promise<boolean> {
  try {
    return await em.transactional(async (savepoint) => {
      const { numUpdatedRows } = await savepoint
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
    });
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException) return false;
    throw error;
  }
}
