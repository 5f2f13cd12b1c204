import { OverloadedError } from '../../rules/overloaded.js';

/**
 * The part of its time after which an operation changes nothing more. The rest is for the commit and the response, so
 * that no caller gets an error and finds the change made.
 */
const CHANGES_SHARE = 0.9;

/**
 * Rejects with `OverloadedError` after a time. The work itself continues, and its result is ignored; it changes nothing
 * after the deadline that it gets. Fastify's `handlerTimeout` can't be used: it stops when the body has been read, so
 * it never ends a `POST`.
 */
export const withTimeout = <Result>(
  milliseconds: number,
  work: (deadline: number) => Promise<Result>,
): Promise<Result> =>
  // Every request needs this, so it creates one promise instead of using `Promise.race`.
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new OverloadedError(`no answer within ${milliseconds} ms`)), milliseconds);
    work(performance.now() + milliseconds * CHANGES_SHARE).then(
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
