import type { RuleContext } from '../../rules/context.js';
import { issuePasswordReset, passwordResetLink, RESET_LIFETIME_MS } from '../recovery/issue-password-reset.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { refuseAll } from '../../rules/refuse.js';
import { validatePasswordLink } from './account-actions.js';
import { actOnUser, type AdminAction } from './act-on-user.js';

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
  if (action.userId !== null) await rateLimits.takeQuota('passwordLinkPerAccount', action.userId);
  return actOnUser(context, viewer, action, 'SEND_PASSWORD_RESET', async ({ context, target, reason, record }) => {
    refuseAll(validatePasswordLink({ target }));
    const { id: accountId, email, authVersion } = target;
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
