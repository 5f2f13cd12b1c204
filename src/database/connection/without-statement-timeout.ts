import { AsyncLocalStorage } from 'node:async_hooks';

const patience = new AsyncLocalStorage<true>();

/** Lets every statement of some work take as long as it needs, as a migration must. */
export const patiently = <Result>(work: () => Promise<Result>): Promise<Result> => patience.run(true, work);

/** Whether the work under way may take as long as it needs. */
export const isPatient = (): boolean => patience.getStore() === true;
