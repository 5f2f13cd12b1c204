import { AsyncLocalStorage } from 'node:async_hooks';

const unlimitedStatements = new AsyncLocalStorage<true>();

/** Lets every statement of some work take as long as it needs, as a migration must. */
export const withoutStatementTimeout = <Result>(work: () => Promise<Result>): Promise<Result> =>
  unlimitedStatements.run(true, work);

/** Whether the work under way may take as long as it needs. */
export const hasNoStatementTimeout = (): boolean => unlimitedStatements.getStore() === true;
