import { days, hours, inSeconds, minutes } from '../../../duration.js';
import type { Database } from '../../../database/connection/database.js';
import {
  openJobQueue,
  type FailedJob,
  type Job,
  type JobQueue,
  type QueueDefinition,
} from '../../../database/queue/job-queue.js';
import { queuedMails } from '../../../telemetry/account-metrics.js';
import type { Logger } from '../../../telemetry/logger.js';
import { RepeatLimit } from '../../../telemetry/repeat-limit.js';
import { currentOrigin } from '../../../telemetry/request-record.js';
import { getNotice } from '../content/notices.js';
import type { Mailbox, MailRequest, QueuedMail } from '../mailbox.js';

/** With backoff of up to an hour, 15 retries last most of a day, longer than a typical mail server outage. */
export const RETRY_LIMIT = 15;

/** The name of the queue of mails. */
export const MAIL_QUEUE = 'mail';
const failedName = 'mail-failed';

const queues: readonly QueueDefinition[] = [
  // Administrators can see undelivered mails for three months.
  { name: failedName, retentionSeconds: inSeconds(days(90)) },
  {
    name: MAIL_QUEUE,
    deadLetter: failedName,
    notify: true,
    retryLimit: RETRY_LIMIT,
    retryBackoff: true,
    retryDelay: 10,
    retryDelayMax: inSeconds(hours(1)),
    // If a mail is still active after this time, its process has died.
    expireInSeconds: inSeconds(minutes(3)),
    retentionSeconds: inSeconds(days(2)),
    deleteAfterSeconds: inSeconds(hours(1)),
  },
];

/** The queue of mails to send, and those that failed. */
export interface MailQueue extends Pick<JobQueue, 'stop'> {
  readonly add: (em: Parameters<JobQueue['add']>[0], request: QueuedMail, afterSeconds?: number) => Promise<void>;
  readonly work: (worker: (job: Job<QueuedMail>) => Promise<void>, mayWork: () => boolean) => Promise<void>;
  /** Mails that were given up, oldest first. */
  readonly failed: () => Promise<FailedJob<MailRequest>[]>;
}

/** Opens the mail queue of a migrated database. */
export async function openMailQueue(database: Database, logger: Logger): Promise<MailQueue> {
  const repeats = new RepeatLimit();
  const jobs = await openJobQueue(database, queues, (err, message) => {
    // Without the database, the queue fails every second.
    const leftOut = repeats.count(`${message}: ${err instanceof Error ? err.message : String(err)}`, new Date());
    if (leftOut !== null) logger.warn({ err, ...(leftOut > 0 && { leftOut }) }, message);
  });
  return {
    add: async (em, request, afterSeconds) => {
      await jobs.add(em, MAIL_QUEUE, request, afterSeconds);
      queuedMails.inc();
    },
    work: (worker, mayWork) => jobs.work(MAIL_QUEUE, worker, mayWork),
    failed: () => jobs.failed(failedName),
    stop: () => jobs.stop(),
  };
}

/** Creates a mailbox that adds mails to the queue. */
export const createMailbox = (queue: Pick<MailQueue, 'add'>): Mailbox => ({
  isEnabled: true,
  post: (em, request) => queue.add(em, { ...request, ...currentOrigin() }),
  notify: async (em, { id, type, accountId, detail }) => {
    const notice = getNotice(type, detail);
    if (notice && accountId !== null)
      await queue.add(em, { kind: 'NOTICE', eventId: id, ...currentOrigin() }, notice.afterSeconds);
  },
});
