import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyRequest, onRequestHookHandler } from 'fastify';

/**
 * The SQL statements of requests, which a test counts: of those that came since the last `forget`, and of nothing that
 * goes on by itself or behind the answer to an earlier one, such as the queue of mails.
 */
export class RequestStatements {
  /** Their text, in the order in which they were executed. */
  readonly texts: string[] = [];
  private readonly current = new AsyncLocalStorage<FastifyRequest>();
  private counted = new WeakSet<FastifyRequest>();

  /** Hears of each statement that a database executes. */
  readonly listen = (sql: string): void => {
    const request = this.current.getStore();
    if (request && this.counted.has(request)) this.texts.push(sql);
  };

  /** Lets each request be known by what happens for it. */
  readonly onRequest: onRequestHookHandler = (request, _reply, done) => {
    this.counted.add(request);
    this.current.run(request, done);
  };

  forget(): void {
    this.texts.length = 0;
    this.counted = new WeakSet();
  }
}
