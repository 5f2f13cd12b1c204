import type { RuleContext } from '../../rules/context.js';
import type { AddressedMail } from './content/mail.js';
import type { MailRequest } from './mailbox.js';

/** The context in which mails are written. There is no caller, since no request waits for them. */
export type MailContext = Pick<RuleContext, 'em' | 'reader' | 'now' | 'keys' | 'config' | 'rateLimits'>;

/**
 * Writes the mail of a request; null if nothing is to be sent. Each feature writes its own (`server/mail-writers.ts`).
 *
 * @param firstTry whether this is the first try; retries don't count against limits
 */
export type WriteMail = (
  context: MailContext,
  request: MailRequest,
  firstTry: boolean,
) => Promise<AddressedMail | null>;
