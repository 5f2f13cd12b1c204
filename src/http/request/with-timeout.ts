/**
 * Stops waiting for work after a time (in ms). The work itself continues, and its result is ignored. Fastify's own
 * `handlerTimeout` stops counting when the body has been read, so it never ends a `POST`.
 */
export const withTimeout = <Result>(work: Promise<Result>, milliseconds: number): Promise<Result> =>
  // Every request comes through here, so this is one promise instead of a race.
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
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
