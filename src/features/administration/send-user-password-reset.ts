import type { RuleContext } from '../../rules/context.js';
import { issuePasswordReset, passwordResetLink, RESET_LIFETIME_MS } from '../recovery/issue-password-reset.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { invalidValue, refuseWithError } from '../../rules/refuse.js';
import { actOnUser, type ActionContext, type AdminAction } from './act-on-user.js';
import { accountIsDisabled, serviceHasNoPassword } from './messages.js';

const scope = { allowRootOnRoot: true };

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
  const accountId = await actOnUser(context, viewer, action, scope, (action) => {
    ensureHasPassword(action);
    return Promise.resolve(action.target.id);
  });
  await context.rateLimits.takeQuota('passwordLinkPerAccount', accountId);
  return actOnUser(context, viewer, action, scope, sendLink);
}

async function sendLink(action: ActionContext): Promise<string | null> {
  ensureHasPassword(action);
  const { context, target, reason, record } = action;
  const { em, mail, config } = context;
  const { id: accountId, email, authVersion } = target;
  const isMailed = mail.isEnabled && email !== null;
  await record('USER_PASSWORD_RESET_SENT', isMailed ? 'MAILED' : 'HANDED_OVER');
  if (isMailed) {
    await mail.post(em, { kind: 'PASSWORD_LINK', accountId, authVersion, invitedAt: null, reason });
    return null;
  }
  const token = await issuePasswordReset(context, { accountId, emailKey: null, lifetimeMs: RESET_LIFETIME_MS });
  return passwordResetLink(config.publicUrl, token);
}

function ensureHasPassword({ target: { role, status } }: ActionContext): void {
  if (role === 'SERVICE') refuseWithError(invalidValue(serviceHasNoPassword, 'userId'));
  if (status === 'DISABLED') refuseWithError(invalidValue(accountIsDisabled, 'userId'));
}
