import type { EntityManager } from '../connection/database.js';

/** Jobs of a queue that are due for longer than a time. */
export interface WaitingJobs {
  /** Jobs that no process has taken. */
  readonly untaken: number;
  /** Jobs that failed and are retried. */
  readonly retried: number;
}

/** Counts the jobs of a queue that were due before a time and wait, and those that are retried. */
export async function countWaitingJobs(em: EntityManager, queue: string, before: Date): Promise<WaitingJobs> {
  const [counted] = await em.execute<WaitingJobs[]>(
    `select count(*) filter (where state = 'created' and start_after < ?)::int as untaken,
       count(*) filter (where state = 'retry')::int as retried from pgboss.job where name = ?`,
    [before, queue],
  );
  return counted ?? { untaken: 0, retried: 0 };
}
