import { newId } from '../../database/connection/id.js';
import type { Tables } from '../../database/read/select.js';
import { hashToken, isToken } from '../../crypto/token.js';
import { select } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { endDeletionLinks, RESTORE_PERIOD_MS } from '../account/account-deletion.js';

/**
 * Mails the link that cancels the deletion to the bound address, and to every address whose change can still be undone
 * an intruder may have bound the other one. Without an address there is no link.
 */
export async function issueDeletionLinks(context: RuleContext, accountId: string, erasedAt: Date): Promise<void> {
  const { em, mail, now, caller } = context;
  await endDeletionLinks(context, accountId);
  if (!mail.isEnabled) return;
  for (const email of await findAddresses(context, accountId)) {
    const linkId = newId(now);
    await em
      .getKysely<Tables>()
      .insertInto('account_deletion_links')
      .values({ id: linkId, account_id: accountId, email, requested_at: now })
      .execute();
    await mail.post(em, { kind: 'ACCOUNT_DELETED', linkId, caller, expiresAt: erasedAt.toISOString() });
  }
}

/** The bound address and those that can still be restored, each once. */
async function findAddresses({ em, now }: RuleContext, accountId: string): Promise<string[]> {
  const addresses = await em
    .getKysely<Tables>()
    .selectFrom('accounts')
    .where('id', '=', accountId)
    .where('email', 'is not', null)
    .select(['email', 'email_key as key'])
    .unionAll((db) =>
      db
        .selectFrom('email_changes')
        .where('account_id', '=', accountId)
        .where('expires_at', '>', now)
        .select(['former_email as email', 'former_email_key as key']),
    )
    .execute();
  return [...new Map(addresses.map(({ key, email }) => [key, email])).values()].filter((email) => email !== null);
}

const accountOfLink = select('account_of_deletion_link', (db, { tokenHash }: { tokenHash: string }) =>
  db.selectFrom('account_deletion_links').where('token_hash', '=', tokenHash).select('account_id as accountId'),
);

/** Finds the account of a link by its token; null if there is none. */
export async function findAccountOfLink({ reader }: RuleContext, token: string): Promise<string | null> {
  if (!isToken('accountDeletion', token)) return null;
  const [link] = await accountOfLink(reader, { tokenHash: hashToken(token) });
  return link?.accountId ?? null;
}

/**
 * Consumes a link in one statement, in a transaction that has locked the account. It belongs to the current deletion,
 * which the owner asked for, and works until the account is to be erased.
 *
 * @returns false if it doesn't
 */
export async function consumeDeletionLink({ em, now }: RuleContext, token: string): Promise<boolean> {
  const { numDeletedRows } = await em
    .getKysely<Tables>()
    .deleteFrom('account_deletion_links')
    .using('accounts')
    .where('account_deletion_links.token_hash', '=', hashToken(token))
    .where('account_deletion_links.requested_at', '>', new Date(now.getTime() - RESTORE_PERIOD_MS))
    .whereRef('accounts.id', '=', 'account_deletion_links.account_id')
    .whereRef('accounts.deletion_requested_at', '=', 'account_deletion_links.requested_at')
    .whereRef('accounts.deleted_at', '=', 'account_deletion_links.requested_at')
    .executeTakeFirst();
  return numDeletedRows === 1n;
}
