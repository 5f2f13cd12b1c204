import type { RuleContext } from '../../rules/context.js';
import { issuePasswordReset, passwordResetLink, RESET_LIFETIME_MS } from '../recovery/issue-password-reset.js';
import type { Viewer } from '../../rules/viewer.js';
import { invalidValue, refuseWith } from '../../rules/refuse.js';
import { actOnUser, type AdminAction } from './act-on-user.js';
import { accountIsDisabled, serviceHasNoPassword } from './messages.js';

/**
 * Starts recovery for somebody: by a mail to the bound address, or where no mail can reach them by a link to hand over.
 * Nothing changes on the account until that is used, which takes the second factor where that is on; the administrator
 * neither sets nor sees a password.
 *
 * @returns the link to hand over; null where it was mailed
 * @throws {RateLimited} for more than five an hour to one account
 */
export async function sendUserPasswordReset(
  context: RuleContext,
  viewer: Viewer,
  act: AdminAction,
): Promise<string | null> {
  const { mail, config, rateLimits } = context;
  if (act.userId !== null) await rateLimits.takeQuota('passwordLinkPerAccount', act.userId);
  return actOnUser(
    context,
    viewer,
    act,
    { rootOnRoot: true },
    async ({ context, target: { id: accountId, role, status, email, authVersion }, reason, record }) => {
      if (role === 'SERVICE') refuseWith(invalidValue(serviceHasNoPassword, 'userId'));
      if (status === 'DISABLED') refuseWith(invalidValue(accountIsDisabled, 'userId'));
      const isMailed = mail.on && email !== null;
      await record('USER_PASSWORD_RESET_SENT', isMailed ? 'MAILED' : 'HANDED_OVER');
      if (isMailed) {
        await mail.post(context.em, { kind: 'PASSWORD_LINK', accountId, authVersion, invitedAt: null, reason });
        return null;
      }
      return passwordResetLink(
        config.publicUrl,
        await issuePasswordReset(context, { accountId, authVersion, emailKey: null, lifetimeMs: RESET_LIFETIME_MS }),
      );
    },
  );
}
