import { select, type Reader } from '../../database/read/select.js';
import { mailLocale } from '../mail/mail-locale.js';

const owner = select(
  'owner_of_address',
  (db, { emailKey, accountId, now }: { emailKey: string; accountId: string; now: Date }) =>
    db
      .selectFrom('accounts')
      .leftJoin('email_changes', (join) =>
        join
          .onRef('email_changes.account_id', '=', 'accounts.id')
          .on('email_changes.former_email_key', '=', emailKey)
          .on('email_changes.expires_at', '>', now),
      )
      .where('accounts.id', '!=', accountId)
      .where(({ or, eb }) => or([eb('accounts.email_key', '=', emailKey), eb('email_changes.id', 'is not', null)]))
      .select([
        'accounts.username',
        mailLocale,
        'accounts.email',
        'accounts.email_key as emailKey',
        'email_changes.former_email as previousEmail',
      ])
      .limit(1),
);

/**
 * Finds another account that has an address or can still restore it, with the address as stored; null if none.
 */
export async function findOtherOwner(reader: Reader, emailKey: string, accountId: string, now: Date) {
  const [row] = await owner(reader, { emailKey, accountId, now });
  return row ? { ...row, address: row.emailKey === emailKey ? row.email : row.previousEmail } : null;
}
