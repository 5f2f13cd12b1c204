import {
  PgBoss,
  fromKysely,
  type ConstructorOptions,
  type Db,
  type JobResult,
  type JobWithMetadata,
  type Queue,
} from 'pg-boss';
import { seconds } from '../../duration.js';
import type { Database, EntityManager } from '../connection/database.js';
import { keepWorking } from './keep-working.js';

/** The name of a queue, and its retries and timeouts, as options of pg-boss. */
export type QueueDefinition = Queue;

/** A job as its worker gets it. */
export interface Job<Data> {
  readonly id: string;
  readonly data: Data;
  /** Number of earlier attempts. */
  readonly retryCount: number;
}

/** A job that failed permanently, for administrators. */
export interface FailedJob<Data> {
  readonly id: string;
  readonly data: Data;
  readonly createdAt: Date;
  readonly failedAt: Date;
  /** The error of the last attempt. */
  readonly reason: string;
}

/** A worker throws it if no retry helps: the job goes to the dead letter queue now. */
export class PermanentFailure extends Error {}

/** A queue of jobs in the database. Any instance can process a job; each is processed at least once. */
export interface JobQueue {
  /** Adds a job in the transaction of the change that causes it: both are committed, or neither. */
  add(em: EntityManager, queue: string, data: object, startAfterSeconds?: number): Promise<void>;
  /**
   * Processes the jobs of a queue from now on, one at a time. If the worker throws, the job is retried later.
   *
   * @param mayWork while it returns false, this instance takes no job
   */
  work<Data extends object>(
    queue: string,
    worker: (job: Job<Data>) => Promise<void>,
    mayWork: () => boolean,
  ): Promise<void>;
  /** The jobs in a dead letter queue, oldest first. */
  failed<Data extends object>(deadLetterQueue: string): Promise<FailedJob<Data>[]>;
  /** Finishes the job in progress and takes no more. */
  stop(): Promise<void>;
}

/** The schema of pg-boss's own tables, which no entity describes. */
export const QUEUE_SCHEMA = 'pgboss';

/** How long a stop waits for the job in progress. A job that does not finish is done again after another start. */
const STOP_TIMEOUT_MS = seconds(3);

/** How often a worker polls for jobs. A notification from the database usually comes first. */
const POLLING_INTERVAL_SECONDS = 1;

const workOptions = {
  pollingIntervalSeconds: POLLING_INTERVAL_SECONDS,
  notifyPollingIntervalSeconds: POLLING_INTERVAL_SECONDS,
  includeMetadata: true,
  perJobResults: true,
} as const;

/** How often to look for jobs whose process died. */
const SUPERVISE_INTERVAL_SECONDS = 20;

/** The tables are missing, or belong to an older version. */
export class DatabaseOutdatedError extends Error {}

/** pg-boss's errors about tables that must be created or migrated first. */
const outdatedPattern = /^pg-boss (?:is not installed|database requires migrations)/;

/** Maximum number of failed jobs shown. */
const FAILED_JOBS_LIMIT = 1_000;

/** Without a registry of instances: nothing reads it, and it takes most of the queue's startup time. */
const getBossOptions = (database: Database, limits?: { readonly statementMs: number }): ConstructorOptions => ({
  ...database.queueStore(limits),
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
 * Creates or updates the tables of the queue. Instances that do so concurrently wait for each other: pg-boss takes its
 * own lock.
 */
export async function installJobQueue(database: Database): Promise<void> {
  const boss = new PgBoss({
    // A migration may take as long as it needs.
    ...getBossOptions(database, { statementMs: 0 }),
    migrate: true,
    createSchema: true,
    supervise: false,
    useListenNotify: false,
  });
  await boss.start();
  await boss.stop({ graceful: false });
}

/** Receives errors of the queue's own maintenance, which no caller waits for. */
export type LogError = (problem: unknown, message: string) => void;

/**
 * Opens the queue of a database whose tables exist, and creates its queues.
 *
 * @throws {DatabaseOutdatedError} if migrations have not run
 */
export async function openJobQueue(
  database: Database,
  queues: readonly QueueDefinition[],
  logProblem: LogError,
): Promise<JobQueue> {
  const boss = new PgBoss(getBossOptions(database));
  boss.on('error', (error) => logProblem(error, 'the job queue failed'));
  boss.on('warning', ({ message }) => logProblem(new Error(message), 'the job queue reported a warning'));
  await boss.start().catch((error: unknown) => {
    throw error instanceof Error && outdatedPattern.test(error.message)
      ? new DatabaseOutdatedError(error.message)
      : error;
  });
  for (const { name, ...options } of queues) {
    await boss.createQueue(name, options);
  }
  const stopLooking: (() => void)[] = [];
  return {
    add: async (em, queue, data, startAfterSeconds = 0) => {
      await boss.send(queue, data, {
        db: toTransactionClient(em),
        ...(startAfterSeconds > 0 ? { startAfter: startAfterSeconds } : {}),
      });
    },
    work: async <Data extends object>(
      queue: string,
      worker: (job: Job<Data>) => Promise<void>,
      mayWork: () => boolean,
    ) => {
      const start = async () => {
        const id = await boss.work<Data>(queue, workOptions, async ([job]) => {
          // There may be more jobs, since the worker gets only one of several simultaneous notifications.
          boss.notifyWorker(id);
          return job ? [await resultOf(job.id, worker(job))] : [];
        });
      };
      stopLooking.push(await keepWorking(mayWork, start, () => boss.offWork(queue, { wait: false })));
    },
    failed: async <Data extends object>(deadLetterQueue: string) =>
      (await boss.findJobs<Data>(deadLetterQueue, { limit: FAILED_JOBS_LIMIT })).map(failedJob),
    stop: () => {
      stopLooking.forEach((stop) => stop());
      return boss.stop({ graceful: true, timeout: STOP_TIMEOUT_MS });
    },
  };
}

/**
 * Lets pg-boss use the connection of a unit of work. Errors are wrapped to hide their type: after some types pg-boss
 * reads its queues on another connection, which in the embedded database would wait forever for this transaction.
 */
function toTransactionClient(em: EntityManager): Db {
  const db = fromKysely(em.getKysely());
  return {
    executeSql: (text, values) =>
      db.executeSql(text, values).catch((cause: unknown) => {
        throw new Error('the job queue accepted no job', { cause });
      }),
  };
}

/** The result of a job whose worker may fail permanently. Any other error rejects, which makes the queue retry it. */
const resultOf = (id: string, work: Promise<void>): Promise<JobResult> =>
  work.then(
    () => ({ id, status: 'completed' }),
    (error: unknown) => {
      if (!(error instanceof PermanentFailure)) throw error;
      return { id, status: 'deadletter', output: { message: error.message } };
    },
  );

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
