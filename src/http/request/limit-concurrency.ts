import { OverloadedError } from '../../rules/overloaded.js';

/** Runs work if it is within a limit. */
export type ConcurrencyLimit = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** Limits the requests that a process handles at the same time. Throws `OverloadedError` beyond it (D-11). */
export function limitConcurrency(maximum: number): ConcurrencyLimit {
  let current = 0;
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (current >= maximum) throw new OverloadedError('too many concurrent requests');
    current += 1;
    try {
      return await work();
    } finally {
      current -= 1;
    }
  };
}
