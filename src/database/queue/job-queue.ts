import { PgBoss, fromKysely, type ConstructorOptions, type Db, type JobWithMetadata, type Queue } from 'pg-boss';
import { seconds } from '../../duration.js';
import type { Database, EntityManager } from '../connection/database.js';

/** What a queue is called and how patient it is, in the words of pg-boss. */
export type QueueDefinition = Queue;

/** One piece of work, as its worker gets it. */
export interface Job<Data> {
  readonly id: string;
  readonly data: Data;
  /** How often it was tried before. */
  readonly retryCount: number;
}

/** A job that failed for good, as an administrator sees it. */
export interface FailedJob<Data> {
  readonly id: string;
  readonly data: Data;
  readonly createdAt: Date;
  readonly failedAt: Date;
  /** What its last try said. */
  readonly reason: string;
}

/** Work that is done outside of requests: kept in the database, done at least once, by any instance. */
export interface JobQueue {
  /** Puts a job into a queue, in the transaction of the change that causes it: both are there, or neither is. */
  add(em: EntityManager, queue: string, data: object, startAfterSeconds?: number): Promise<void>;
  /** Takes jobs of a queue from now on, one at a time. What the worker throws is tried again later. */
  work<Data extends object>(queue: string, worker: (job: Job<Data>) => Promise<void>): Promise<void>;
  /** The jobs in a dead letter queue, oldest first. */
  failed<Data extends object>(deadLetterQueue: string): Promise<FailedJob<Data>[]>;
  /** Lets the job under way finish, and takes no more. */
  stop(): Promise<void>;
}

/** pg-boss keeps its tables in a schema of its own, which no entity describes. */
export const QUEUE_SCHEMA = 'pgboss';

/** How long a stop waits for the job under way (in ms); what does not finish is done again by another start. */
const STOP_TIMEOUT_MS = seconds(5);

/** How often a worker looks for jobs by itself (in s). Almost always a notification of the database is quicker. */
const POLLING_INTERVAL_SECONDS = 1;

/** How often jobs whose process died are looked for (in s). */
const SUPERVISE_INTERVAL_SECONDS = 20;

/** The tables are not there, or are those of an older version. */
export class DatabaseOutdated extends Error {}

/** What pg-boss says of tables that it has to make or change first. */
const outdated = /^pg-boss (?:is not installed|database requires migrations)/;

/** A migration takes as long as it needs. */
const NO_TIMEOUTS = '';

/** How many failed jobs are shown at most. */
const FAILED_JOBS_LIMIT = 1_000;

/** No registry of instances is kept: nobody reads it, and entering it is most of what the queue adds to a start. */
const optionsOf = (database: Database): ConstructorOptions => ({
  ...database.queueStore,
  schema: QUEUE_SCHEMA,
  useListenNotify: true,
  schedule: false,
  migrate: false,
  createSchema: false,
  registerInstance: false,
  superviseIntervalSeconds: SUPERVISE_INTERVAL_SECONDS,
  monitorIntervalSeconds: SUPERVISE_INTERVAL_SECONDS,
  reindex: false,
  monitorVacuum: false,
});

/**
 * Makes or updates the tables of the queue. Instances that do so at once wait for each other: pg-boss takes a lock of
 * its own.
 */
export async function installJobQueue(database: Database): Promise<void> {
  const boss = new PgBoss({
    ...optionsOf(database),
    options: NO_TIMEOUTS,
    migrate: true,
    createSchema: true,
    supervise: false,
    useListenNotify: false,
  });
  await boss.start();
  await boss.stop({ graceful: false });
}

/** Told of the faults of the queue's own housekeeping, which no caller waits for. */
export type LogProblem = (problem: unknown, message: string) => void;

/**
 * Opens the queue of a database whose tables are there, and makes its queues.
 *
 * @throws {DatabaseOutdated} where migrations have not run
 */
export async function openJobQueue(
  database: Database,
  queues: readonly QueueDefinition[],
  logProblem: LogProblem,
): Promise<JobQueue> {
  const boss = new PgBoss(optionsOf(database));
  boss.on('error', (error) => logProblem(error, 'the job queue failed'));
  boss.on('warning', ({ message }) => logProblem(new Error(message), 'the job queue warns'));
  await boss.start().catch((error: unknown) => {
    throw error instanceof Error && outdated.test(error.message) ? new DatabaseOutdated(error.message) : error;
  });
  for (const { name, ...options } of queues) {
    await boss.createQueue(name, options);
  }
  return {
    add: async (em, queue, data, startAfterSeconds = 0) => {
      await boss.send(queue, data, {
        db: transactionOf(em),
        ...(startAfterSeconds > 0 ? { startAfter: startAfterSeconds } : {}),
      });
    },
    work: async <Data extends object>(queue: string, worker: (job: Job<Data>) => Promise<void>) => {
      const polling = {
        pollingIntervalSeconds: POLLING_INTERVAL_SECONDS,
        notifyPollingIntervalSeconds: POLLING_INTERVAL_SECONDS,
      };
      const workerId = await boss.work<Data>(queue, { ...polling, includeMetadata: true }, async ([job]) => {
        // Where there is one job there may be more: of several notifications at once the worker hears one.
        boss.notifyWorker(workerId);
        if (job) await worker(job);
      });
    },
    failed: async <Data extends object>(deadLetterQueue: string) =>
      (await boss.findJobs<Data>(deadLetterQueue, { limit: FAILED_JOBS_LIMIT })).map(failedJob),
    stop: () => boss.stop({ graceful: true, timeout: STOP_TIMEOUT_MS }),
  };
}

/**
 * The connection of a unit of work, for pg-boss. Of a fault it learns that there is one and not which: of some it reads
 * its queues anew, on a connection of its own, for which an embedded database would wait for ever while the transaction
 * is open.
 */
function transactionOf(em: EntityManager): Db {
  const db = fromKysely(em.getKysely());
  return {
    executeSql: (text, values) =>
      db.executeSql(text, values).catch((cause: unknown) => {
        throw new Error('the job queue took no job', { cause });
      }),
  };
}

const failedJob = <Data extends object>({
  id,
  data,
  createdOn,
  sourceCreatedOn,
  sourceOutput,
}: JobWithMetadata<Data>): FailedJob<Data> => ({
  id,
  data,
  createdAt: sourceCreatedOn ?? createdOn,
  failedAt: createdOn,
  reason: (sourceOutput as { message?: string } | null)?.message ?? 'unknown',
});
