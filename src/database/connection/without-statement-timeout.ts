import { AsyncLocalStorage } from 'node:async_hooks';

const unlimitedStatements = new AsyncLocalStorage<true>();

/** Runs work whose statements can take as long as they need, such as a migration. */
export const withoutStatementTimeout = <Result>(work: () => Promise<Result>): Promise<Result> =>
  unlimitedStatements.run(true, work);

/** Whether the current work can take as long as it needs. */
export const hasNoStatementTimeout = (): boolean => unlimitedStatements.getStore() === true;
