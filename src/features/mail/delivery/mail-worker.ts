import type { Config } from '../../../config/config.js';
import { fork, type Database } from '../../../database/connection/database.js';
import { PermanentFailure, type FailedJob, type Job } from '../../../database/queue/job-queue.js';
import type { Logger } from '../../../telemetry/logger.js';
import { toParent } from '../../../telemetry/request-record.js';
import { inFirstSpan, type FirstSpan, type Tracer } from '../../../telemetry/spans.js';
import { roundMs } from '../../../telemetry/statements.js';
import { disabledMailbox, type Mailbox, type MailRequest, type QueuedMail } from '../mailbox.js';
import type { MailContext, ComposeMail } from '../mail-composer.js';
import { deliverMail } from './deliver-mail.js';
import { CapturedMails, captureTransport } from './captured-mails.js';
import { createMailbox, openMailQueue, RETRY_LIMIT } from './mail-queue.js';
import { smtpTransport } from './smtp-transport.js';
import { MailNotSentError } from './transport.js';

interface MailDependencies extends Pick<MailContext, 'keys' | 'rateLimits'> {
  readonly config: Config;
  readonly database: Database;
  readonly logger: Logger;
  readonly clock: () => Date;
  /** Whether to take mails; otherwise other instances do. */
  readonly mayWork: () => boolean;
  /** Null if nothing is traced. */
  readonly tracer: Tracer | null;
}

/** The mail queue of a process, and the worker that sends its mails. */
export interface MailWorker {
  readonly mailbox: Mailbox;
  /** Captured mails; always empty if a mail server is set. */
  readonly captured: CapturedMails;
  /** Mails that were given up, oldest first. */
  readonly failed: () => Promise<FailedJob<MailRequest>[]>;
  /** Finishes the mail in progress and stops. */
  close(): Promise<void>;
}

/** Opens the queue and starts its worker; does neither if mail is off. */
export async function startMailWorker(dependencies: MailDependencies, compose: ComposeMail): Promise<MailWorker> {
  const { config, database, logger, clock, keys, rateLimits, mayWork, tracer } = dependencies;
  const captured = new CapturedMails();
  if (!config.mail.isEnabled)
    return {
      mailbox: disabledMailbox,
      captured,
      failed: () => Promise.resolve([]),
      close: () => Promise.resolve(),
    };
  const { smtpUrl } = config.mail;
  const transport = smtpUrl === null ? captureTransport(captured, clock) : smtpTransport({ ...config.mail, smtpUrl });
  const queue = await openMailQueue(database, logger);
  const send = async ({ id, data, retryCount }: Job<QueuedMail>) => {
    const context: MailContext = {
      em: fork(database),
      reader: database.reader,
      now: clock(),
      keys,
      config,
      rateLimits,
    };
    const { requestId, traceId } = data;
    const facts = { mail: id, kind: data.kind, retryCount, requestId, traceId };
    const startedAt = performance.now();
    try {
      const mail = await compose(context, data, retryCount === 0);
      if (mail) await deliverMail(context, { jobId: id, ids: data }, mail, transport);
      logger.debug({ ...facts, ms: roundMs(performance.now() - startedAt) }, mail ? 'mail sent' : 'mail not needed');
    } catch (error) {
      logFailure(logger, error, facts);
      throw error instanceof MailNotSentError && error.isPermanent ? new PermanentFailure(error.message) : error;
    }
  };
  await queue.work((job) => inFirstSpan(tracer, spanOf(job), () => send(job)), mayWork);
  return {
    captured,
    failed: queue.failed,
    mailbox: createMailbox(queue),
    close: () => queue.stop(),
  };
}

/** The span of a try to send a mail. It has no address. */
const spanOf = ({ data, retryCount }: Job<QueuedMail>): FirstSpan => ({
  name: 'mail.send',
  kind: 'CONSUMER',
  attributes: { 'postern.mail.kind': data.kind, 'postern.mail.retries': retryCount },
  parent: toParent(data),
});

/** Logs why a mail was not sent. A fault of the mail server is a sentence; any other error has its stack. */
function logFailure(
  logger: Logger,
  error: unknown,
  mail: { readonly retryCount: number; readonly mail: string; readonly kind: string },
): void {
  const facts = { ...mail, ...(error instanceof MailNotSentError ? { reason: error.message } : { err: error }) };
  if (error instanceof MailNotSentError && error.isPermanent)
    logger.error(facts, 'mail not sent, and no retry helps; "postern mail failed" lists it');
  else if (mail.retryCount < RETRY_LIMIT) logger.warn(facts, 'mail not sent, will be retried');
  else logger.error(facts, 'mail not sent after the last retry; "postern mail failed" lists it');
}
