import { ensureSuitable } from '../connection/ensure-suitable.js';
import { fork, type Database, type EntityManager } from '../connection/database.js';
import { installJobQueue } from '../queue/job-queue.js';
import { createPartitions } from '../partition/monthly-partitions.js';
import { longTransaction } from '../connection/long-transaction.js';
import { pendingMigrations } from './applied-migrations.js';
import { finishOnline } from './finish-online.js';
import { lockWaits, retryLocks, type LockWaits } from './retry-locks.js';

/** An arbitrary number that nothing else in the database locks; it spells "post". */
const MIGRATION_LOCK = 0x706f7374;

/**
 * Migrates the database, all or nothing. If several instances start on an empty database, the first one migrates in a
 * transaction that holds an advisory lock; the others wait, however long it takes, and find nothing to do. What would
 * lock a large table follows that transaction.
 *
 * @returns the names of the migrations that this call ran
 * @param waits how it waits for tables that other transactions use
 * @throws {UnsuitableDatabaseError} if Postern can't use the database
 * @throws {DatabaseNewerError} if a newer version of Postern migrated it
 * @throws {TablesInUseError} if another transaction uses a table for too long
 */
export async function migrate(database: Database, waits: LockWaits = lockWaits): Promise<string[]> {
  const { schema } = await ensureSuitable(database);
  if (schema !== null) useSchema(database, schema);
  const applied = await retryLocks(
    () => longTransaction(database, (transaction) => applyMigrations(database, transaction, waits.timeoutMs)),
    waits,
  );
  await finishOnline(database);
  await createPartitions(fork(database), new Date());
  await installJobQueue(database);
  return applied;
}

async function applyMigrations(
  { orm }: Database,
  transaction: EntityManager,
  lockTimeoutMs: number,
): Promise<string[]> {
  await transaction.execute('select pg_advisory_xact_lock(?)', [MIGRATION_LOCK]);
  await transaction.execute("select set_config('lock_timeout', ?, true)", [String(lockTimeoutMs)]);
  await pendingMigrations(transaction);
  const context: unknown = transaction.getTransactionContext();
  const executed = await orm.migrator.up({ transaction: context });
  return executed.map((migration) => migration.name);
}

/** The ORM looks for its own table in `public`, unless its name has a schema. Everything else uses the search path. */
function useSchema({ orm }: Database, schema: string): void {
  const { tableName, ...options } = orm.config.get('migrations');
  orm.config.set('migrations', { ...options, tableName: `${schema}.${tableName?.split('.').at(-1) ?? 'migrations'}` });
}
