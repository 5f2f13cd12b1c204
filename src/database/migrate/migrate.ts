import { fork, type Database } from '../connection/database.js';
import { installJobQueue } from '../queue/job-queue.js';
import { createPartitions } from '../partition/monthly-partitions.js';
import { longTransaction } from '../connection/long-transaction.js';

/** An arbitrary number that nothing else in the database locks; it spells "post". */
const MIGRATION_LOCK = 0x706f7374;

/**
 * Migrates the database, all or nothing. If several instances start on an empty database, the first one migrates in a
 * transaction that holds an advisory lock; the others wait, however long it takes, and find nothing to do.
 *
 * @returns the names of the migrations that this call ran
 */
export async function migrate(database: Database): Promise<string[]> {
  const applied = await longTransaction(database, async (transaction) => {
    await transaction.execute('select pg_advisory_xact_lock(?)', [MIGRATION_LOCK]);
    const context: unknown = transaction.getTransactionContext();
    const executed = await database.orm.migrator.up({ transaction: context });
    return executed.map((migration) => migration.name);
  });
  await createPartitions(fork(database), new Date());
  await installJobQueue(database);
  return applied;
}
