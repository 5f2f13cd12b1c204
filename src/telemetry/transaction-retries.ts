import { Counter } from 'prom-client';

/** Transactions that were repeated, by reason. A registry must add it. */
export const transactionRetries = new Counter({
  name: 'postern_transaction_retries_total',
  help: 'Transactions repeated after a transient fault of the database, by reason.',
  labelNames: ['reason'],
  registers: [],
});
