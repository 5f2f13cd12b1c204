import { verifiedAccount } from '../../rules/authority.js';
import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import { restoreAccount } from '../account/account-deletion.js';
import { issuePasswordReset, RESET_LIFETIME_MS } from '../recovery/issue-password-reset.js';
import { recordEvent } from '../security-event/record-event.js';
import { consumeDeletionLink, findAccountOfLink } from './deletion-links.js';

const refuseToken = (): never => refuse('INVALID_TOKEN', 'token');

/**
 * Cancels the deletion that the owner asked for, with the mailed link, without creating a session. The link
 * works once, and for this deletion alone. Whoever asked for it may know the password, so the owner can set a new one.
 *
 * @returns the token for resetPassword
 */
export async function cancelAccountDeletion(context: RuleContext, token: string): Promise<string> {
  const accountId = (await findAccountOfLink(context, token)) ?? refuseToken();
  const authority = verifiedAccount({ id: accountId, authVersion: null }, refuseToken, ['DELETED']);
  return transaction(context, authority, async (context) => {
    if (!(await consumeDeletionLink(context, token))) refuseToken();
    if (!(await restoreAccount(context, accountId))) refuseToken();
    await recordEvent(context, { type: 'DELETION_CANCELED', accountId, actorId: null });
    return issuePasswordReset(context, { accountId, emailKey: null, lifetimeMs: RESET_LIFETIME_MS });
  });
}
