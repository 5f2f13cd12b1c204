/**
 * Gives up waiting for some work after a time (in ms). The work itself goes on to its end, which nobody hears of.
 * Fastify's own `handlerTimeout` stops counting when the body of a request was read, so that no `POST` ever meets it.
 */
export const inTime = <Result>(work: Promise<Result>, milliseconds: number): Promise<Result> =>
  // Each request comes through here, so that this is one promise, not a race with a promise for each of its ends.
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
