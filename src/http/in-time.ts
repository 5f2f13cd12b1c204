/**
 * Gives up waiting for some work after a time (in ms). The work itself goes on to its end, which nobody hears of.
 * Fastify's own `handlerTimeout` stops counting when the body of a request was read, so that no `POST` ever meets it.
 */
export async function inTime<Result>(work: Promise<Result>, milliseconds: number): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([work, tooLate]).finally(() => clearTimeout(timer));
}
