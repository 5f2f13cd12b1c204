import { OverloadedError } from '../../rules/overloaded.js';

/**
 * Rejects with `OverloadedError` after a time. The work itself continues, and its result is ignored. Fastify's
 * `handlerTimeout` can't be used: it stops when the body has been read, so it never ends a `POST`.
 */
export const withTimeout = <Result>(work: Promise<Result>, milliseconds: number): Promise<Result> =>
  // Every request needs this, so it creates one promise instead of using `Promise.race`.
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new OverloadedError(`no answer within ${milliseconds} ms`)), milliseconds);
    work.then(
      (result) => {
        clearTimeout(timer);
        resolve(result);
      },
      (error: Error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
