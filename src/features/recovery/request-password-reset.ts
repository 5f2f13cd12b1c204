import { parseEmailAddress } from '../account/email-address.js';
import { noAuthority } from '../../rules/authority.js';
import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';

/**
 * Requests an email to reset a password. The request is queued for any address, and the worker decides whether to send
 * an email, so neither result nor timing reveals an account. Nothing is changed or locked.
 *
 * @throws {RateLimitedError} for too many requests from one IP address
 */
export async function requestPasswordReset(context: RuleContext, email: string): Promise<void> {
  const { mail, caller, rateLimits } = context;
  if (!mail.isEnabled) refuse('MAIL_OFF');
  const parsed = parseEmailAddress(email) ?? refuse('EMAIL_INVALID', 'email');
  await rateLimits.take('passwordReset', caller.ip);
  await transaction(context, noAuthority, ({ em }) =>
    mail.post(em, { kind: 'PASSWORD_RESET', email: parsed.key, caller }),
  );
}
