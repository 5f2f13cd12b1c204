import { parseEmailAddress } from '../account/email-address.js';
import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';

/**
 * Asks for a mail with the way to a new password. Whoever asks for whatever address, the same happens here: the request
 * is queued, and whether a mail leaves is decided later. It changes nothing on the account and locks nothing
 * (R-47).
 *
 * @throws {RateLimited} for too many requests from one address
 */
export async function requestPasswordReset(context: RuleContext, email: string): Promise<void> {
  const { em, mail, caller, rateLimits } = context;
  if (!mail.on) refuse('MAIL_OFF');
  const wanted = parseEmailAddress(email) ?? refuse('EMAIL_INVALID', 'email');
  await rateLimits.take('passwordReset', caller.ip);
  await mail.post(em, { kind: 'PASSWORD_RESET', email: wanted.key, caller });
}
