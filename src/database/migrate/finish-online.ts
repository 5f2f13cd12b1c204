import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { concurrentIndexes, type ConcurrentIndex } from '../../migrations/concurrent-indexes.js';
import { fork, type Database, type EntityManager } from '../connection/database.js';
import { withoutStatementTimeout } from '../connection/without-statement-timeout.js';

/** An arbitrary number that nothing else in the database locks; it spells "onli". */
const ONLINE_LOCK = 0x6f6e6c69;

/** How often an instance that waits for another one looks again (in ms). */
const LOCK_INTERVAL_MS = 200;

/**
 * Does what would lock a large table if a migration did it: creates the concurrent indexes, and validates constraints
 * that were added as `not valid`. The tables accept reads and changes meanwhile. If it is interrupted, the next call
 * continues. Instances that do so concurrently wait for each other.
 */
export async function finishOnline(
  database: Database,
  indexes: readonly ConcurrentIndex[] = concurrentIndexes,
): Promise<void> {
  if ((await findOnlineWork(fork(database), indexes)).length === 0) return;
  await withoutStatementTimeout(() =>
    fork(database)
      .getKysely()
      .connection()
      .execute(async (connection) => {
        const em = fork(database);
        em.setTransactionContext(connection);
        await inTurn(em, async () => {
          for (const statement of await findOnlineWork(em, indexes)) await em.execute(statement);
        });
      }),
  );
}

/** The statements to run, each outside of a transaction. An invalid index is dropped first. */
export async function findOnlineWork(
  em: EntityManager,
  indexes: readonly ConcurrentIndex[] = concurrentIndexes,
): Promise<string[]> {
  const names = indexes.map(({ name }) => name);
  const { rows: found } = await sql<{ name: string; valid: boolean }>`
    select relname as name, indisvalid as valid from pg_index join pg_class on pg_class.oid = indexrelid
    where relnamespace = current_schema()::regnamespace and relname = any(${names}::text[])`.execute(em.getKysely());
  const validations = await em.execute<{ statement: string }[]>(
    `select format('alter table %s validate constraint %I', conrelid::regclass, conname) as statement
     from pg_constraint where not convalidated and connamespace = current_schema()::regnamespace and conparentid = 0
     order by conname`,
  );
  const isValid = (name: string) => found.find((index) => index.name === name)?.valid;
  return [
    ...names.filter((name) => isValid(name) === false).map((name) => `drop index concurrently "${name}"`),
    ...indexes.filter(({ name }) => isValid(name) !== true).map(({ statement }) => statement),
    ...validations.map(({ statement }) => statement),
  ];
}

/**
 * Runs work while no other instance does. It polls: an index waits for every other statement, also for one that waits
 * for this lock. The limits and the lock belong to the session, which other work gets afterwards.
 */
async function inTurn(em: EntityManager, work: () => Promise<void>): Promise<void> {
  const [before] = await em.execute<{ statement: string; lock: string }[]>(
    `select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock`,
  );
  const setLimits = (statement: string, lock: string) =>
    em.execute("select set_config('statement_timeout', ?, false), set_config('lock_timeout', ?, false)", [
      statement,
      lock,
    ]);
  while (!(await tryLock(em))) await pause(LOCK_INTERVAL_MS);
  try {
    await setLimits('0', '0');
    await work();
  } finally {
    await setLimits(before?.statement ?? '0', before?.lock ?? '0');
    await em.execute('select pg_advisory_unlock(?)', [ONLINE_LOCK]);
  }
}

async function tryLock(em: EntityManager): Promise<boolean> {
  const [row] = await em.execute<{ locked: boolean }[]>('select pg_try_advisory_lock(?) as locked', [ONLINE_LOCK]);
  return row?.locked ?? false;
}
