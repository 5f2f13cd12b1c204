import { days, hours, inSeconds, minutes } from '../../../duration.js';
import type { Database } from '../../../database/connection/database.js';
import {
  openJobQueue,
  type FailedJob,
  type Job,
  type JobQueue,
  type QueueDefinition,
} from '../../../database/queue/job-queue.js';
import type { Logger } from '../../../telemetry/logger.js';
import { noticeFor } from '../content/notices.js';
import type { Mailbox, MailRequest } from '../mailbox.js';

/**
 * Fifteen tries, at growing distances of at most an hour, go on for most of a day: longer than a mail server is usually
 * away.
 */
export const RETRIES = 15;

const queueName = 'mail';
const failedName = 'mail-failed';

const queues: readonly QueueDefinition[] = [
  // For three months an administrator can see what did not arrive.
  { name: failedName, retentionSeconds: inSeconds(days(90)) },
  {
    name: queueName,
    deadLetter: failedName,
    notify: true,
    retryLimit: RETRIES,
    retryBackoff: true,
    retryDelay: 10,
    retryDelayMax: inSeconds(hours(1)),
    // A mail that is under way for so long is one whose process died.
    expireInSeconds: inSeconds(minutes(3)),
    retentionSeconds: inSeconds(days(2)),
    deleteAfterSeconds: inSeconds(hours(1)),
  },
];

/** The mails to be sent, and those that could not be. */
export interface MailQueue extends Pick<JobQueue, 'stop'> {
  readonly add: (em: Parameters<JobQueue['add']>[0], request: MailRequest, afterSeconds?: number) => Promise<void>;
  readonly work: (worker: (job: Job<MailRequest>) => Promise<void>) => Promise<void>;
  /** The mails that were given up, oldest first. */
  readonly failed: () => Promise<FailedJob<MailRequest>[]>;
}

/** Opens the queue of mails of a database that is up to date. */
export async function openMailQueue(database: Database, logger: Logger): Promise<MailQueue> {
  const jobs = await openJobQueue(database, queues, (err, message) => logger.warn({ err }, message));
  return {
    add: (em, request, afterSeconds) => jobs.add(em, queueName, request, afterSeconds),
    work: (worker) => jobs.work(queueName, worker),
    failed: () => jobs.failed(failedName),
    stop: () => jobs.stop(),
  };
}

/** A mailbox that puts mails into a queue, whoever sends them. */
export const mailboxOf = (queue: Pick<MailQueue, 'add'>): Mailbox => ({
  on: true,
  post: (em, request) => queue.add(em, request),
  notify: async (em, { id, type, accountId }) => {
    const notice = noticeFor(type);
    if (notice && accountId !== null) await queue.add(em, { kind: 'NOTICE', eventId: id }, notice.afterSeconds);
  },
});
