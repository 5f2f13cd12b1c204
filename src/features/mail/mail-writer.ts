import type { RuleContext } from '../../rules/context.js';
import type { AddressedMail } from './content/mail.js';
import type { MailRequest } from './mailbox.js';

/** What mails are written with; there is no caller. */
export type MailContext = Pick<RuleContext, 'em' | 'reader' | 'now' | 'keys' | 'config' | 'rateLimits'>;

/**
 * Writes the mail of a request; null if nothing is to be sent. Each feature writes its own (`server/mail-writers.ts`).
 *
 * @param firstTry whether it is written for the first time; only then it counts against limits
 */
export type WriteMail = (
  context: MailContext,
  request: MailRequest,
  firstTry: boolean,
) => Promise<AddressedMail | null>;
