import type { TransactionOptions } from '@mikro-orm/core';
import { fork, type Database, type EntityManager } from './database.js';
import { withoutStatementTimeout } from './without-statement-timeout.js';

type Work<Result> = (transaction: EntityManager) => Promise<Result>;

/** Runs a transaction without time limits, for migrations, backups and restores. */
export const longTransaction = <Result>(
  database: Database,
  work: Work<Result>,
  options?: TransactionOptions,
): Promise<Result> => longTransactionOf(fork(database), work, options);

/** The same in a unit of work, for statements that read a whole table. */
export const longTransactionOf = <Result>(
  em: EntityManager,
  work: Work<Result>,
  options?: TransactionOptions,
): Promise<Result> =>
  withoutStatementTimeout(() =>
    em.transactional(async (transaction) => {
      await transaction.execute(
        "select set_config('statement_timeout', '0', true), set_config('lock_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '0', true)",
      );
      return work(transaction);
    }, options),
  );
