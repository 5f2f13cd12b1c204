import type { RuleContext } from '../../rules/context.js';
import type { AddressedMail } from './content/mail.js';
import type { Expiring, MailRequest } from './mailbox.js';

/** The context in which mails are composed. There is no caller, since no request waits for them. */
export type MailContext = Pick<RuleContext, 'em' | 'reader' | 'now' | 'keys' | 'config' | 'rateLimits'>;

/** What a mail was to offer expired before the mail was sent. That is no success: the mail counts as failed. */
class MailExpiredError extends Error {
  constructor() {
    super('what it offers has expired');
  }
}

/**
 * Throws if a mail is not composed because what it was to offer has expired. The row that it is about may be deleted
 * since, so the request says when.
 *
 * @throws {MailExpiredError}
 */
export function ensureNotExpired({ expiresAt }: Expiring, now: Date): void {
  if (expiresAt !== undefined && new Date(expiresAt) <= now) throw new MailExpiredError();
}

/**
 * Composes the mail of a request; null if nothing is to be sent. Each feature composes its own
 * (`server/mail-composers.ts`).
 *
 * @param isFirstTry whether this is the first try; retries don't count against limits
 * @throws {MailExpiredError} if it is too late
 */
export type ComposeMail = (
  context: MailContext,
  request: MailRequest,
  isFirstTry: boolean,
) => Promise<AddressedMail | null>;
