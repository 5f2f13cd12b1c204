import type { RuleContext } from '../../rules/context.js';
import type { AddressedMail } from './content/mail.js';
import type { MailRequest } from './mailbox.js';

/** The context in which mails are composed. There is no caller, since no request waits for them. */
export type MailContext = Pick<RuleContext, 'em' | 'reader' | 'now' | 'keys' | 'config' | 'rateLimits'>;

/**
 * Composes the mail of a request; null if nothing is to be sent. Each feature composes its own
 * (`server/mail-composers.ts`).
 *
 * @param firstTry whether this is the first try; retries don't count against limits
 */
export type ComposeMail = (
  context: MailContext,
  request: MailRequest,
  isFirstTry: boolean,
) => Promise<AddressedMail | null>;
