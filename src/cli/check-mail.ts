import type { Config } from '../config/config.js';
import { fork, type Database } from '../database/connection/database.js';
import { countWaitingJobs } from '../database/queue/waiting-jobs.js';
import { minutes } from '../duration.js';
import { MAIL_QUEUE, openMailQueue } from '../features/mail/delivery/mail-queue.js';
import { testMailServer } from '../features/mail/delivery/smtp-transport.js';
import { createLogger } from '../telemetry/logger.js';
import { fail, ok, warn, type CheckResult } from './check-result.js';
import { pluralize } from './pluralize.js';

/** A running server takes an email within a second. */
const WAIT_WARNING_MS = minutes(10);

/** Checks that emails can be sent. */
export async function checkMailServer({ mail, environment }: Config): Promise<CheckResult> {
  if (!mail.isEnabled) return ok('mail', "off; users can't bind an email address or recover a password");
  if (mail.smtpUrl === null)
    return (environment === 'production' ? fail : ok)('mail', 'no mail server; emails are shown at /dev/mail');
  const errorMessage = await testMailServer(mail.smtpUrl);
  return errorMessage === null
    ? ok('mail', 'the mail server accepts the connection; no email was sent')
    : fail('mail', errorMessage);
}

/** Checks whether emails fail, or wait for a server that sends them. */
export async function checkMails(database: Database, now: Date): Promise<CheckResult> {
  const { untaken, retried } = await countWaitingJobs(
    fork(database),
    MAIL_QUEUE,
    new Date(now.getTime() - WAIT_WARNING_MS),
  );
  if (untaken > 0)
    return warn(
      'queue',
      `${pluralize(untaken, 'email')} waited for more than 10 minutes. Start a server: it sends them.`,
    );
  const queue = await openMailQueue(database, createLogger('error'));
  const { length } = await queue.failed().finally(queue.stop);
  if (length > 0)
    return warn('queue', `${pluralize(length, 'email')} could not be sent. Run "postern mail failed" to list them.`);
  if (retried > 0)
    return warn('queue', `${pluralize(retried, 'email')} failed and will be retried. The log of the server says why.`);
  return ok('queue', 'no emails failed');
}
