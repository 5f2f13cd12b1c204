import type { RuleContext } from '../../rules/context.js';
import { issuePasswordReset, passwordResetLink, RESET_LIFETIME_MS } from '../recovery/issue-password-reset.js';
import type { SessionViewer } from '../../rules/viewer.js';
import type { Account } from '../account/account.entity.js';
import { invalidValue, refuseWithError } from '../../rules/refuse.js';
import { actOnUser, type AdminAction } from './act-on-user.js';
import { accountIsDisabled, serviceHasNoPassword } from './messages.js';

/**
 * Starts a password reset for a user. Emails a link to the bound address, or returns a link to share if there is none
 * or mail is off. Nothing changes until the link is used, which requires the second factor if it is on. The
 * administrator neither sets nor sees a password.
 *
 * @returns the link to share; null if it was emailed
 * @throws {RateLimitedError} above five per hour for one account
 */
export async function sendUserPasswordReset(
  context: RuleContext,
  viewer: SessionViewer,
  action: AdminAction,
): Promise<string | null> {
  const { mail, config, rateLimits } = context;
  // What will be refused isn't counted: otherwise, a lower administrator could consume the links of any account.
  const id = await actOnUser(context, viewer, action, scope, ({ target }) => Promise.resolve(getRecipient(target).id));
  await rateLimits.takeQuota('passwordLinkPerAccount', id);
  return actOnUser(context, viewer, action, scope, async ({ context, target, reason, record }) => {
    const { id: accountId, email, authVersion } = getRecipient(target);
    const isMailed = mail.isEnabled && email !== null;
    await record('USER_PASSWORD_RESET_SENT', isMailed ? 'MAILED' : 'HANDED_OVER');
    if (isMailed) {
      await mail.post(context.em, { kind: 'PASSWORD_LINK', accountId, authVersion, invitedAt: null, reason });
      return null;
    }
    return passwordResetLink(
      config.publicUrl,
      await issuePasswordReset(context, { accountId, authVersion, emailKey: null, lifetimeMs: RESET_LIFETIME_MS }),
    );
  });
}

const scope = { allowRootOnRoot: true };

/** The account, if its owner can use a link to set a password. */
function getRecipient(target: Account): Account {
  if (target.role === 'SERVICE') refuseWithError(invalidValue(serviceHasNoPassword, 'userId'));
  if (target.status === 'DISABLED') refuseWithError(invalidValue(accountIsDisabled, 'userId'));
  return target;
}
