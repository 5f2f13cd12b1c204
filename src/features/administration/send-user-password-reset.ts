import type { RuleContext } from '../../rules/context.js';
import { issuePasswordReset, passwordResetLink, RESET_LIFETIME_MS } from '../recovery/issue-password-reset.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { refuseAll } from '../../rules/refuse.js';
import { validatePasswordLink } from './account-actions.js';
import { actOnUser, type ActionContext, type AdminAction } from './act-on-user.js';

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
  // Authorize first: a refused request must not consume the user's limit.
  const accountId = await actOnUser(context, viewer, action, 'SEND_PASSWORD_RESET', ({ target }) => {
    refuseAll(validatePasswordLink({ target }));
    return Promise.resolve(target.id);
  });
  await context.rateLimits.takeQuota('passwordLinkPerAccount', accountId);
  return actOnUser(context, viewer, action, 'SEND_PASSWORD_RESET', sendLink);
}

async function sendLink({ context, target, reason, record }: ActionContext): Promise<string | null> {
  refuseAll(validatePasswordLink({ target }));
  const { em, mail, config, locale } = context;
  const { id: accountId, email, authVersion } = target;
  const isMailed = mail.isEnabled && email !== null;
  await record('USER_PASSWORD_RESET_SENT', isMailed ? 'MAILED' : 'HANDED_OVER');
  if (isMailed) {
    await mail.post(em, { kind: 'PASSWORD_LINK', accountId, authVersion, invitedAt: null, reason, locale });
    return null;
  }
  const token = await issuePasswordReset(context, { accountId, emailKey: null, lifetimeMs: RESET_LIFETIME_MS });
  return passwordResetLink(config.publicUrl, token);
}
