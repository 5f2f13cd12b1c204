import type { RuleContext } from '../../rules/context.js';

/** The circumstances in which mails are written: there is no caller. */
export type MailContext = Pick<RuleContext, 'em' | 'reader' | 'now' | 'keys' | 'config' | 'rateLimits'>;
