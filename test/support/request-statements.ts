import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyRequest, onRequestHookHandler } from 'fastify';

/**
 * The SQL statements of requests, which tests count: only of requests since the last `forget`, without background work
 * such as the mail queue and without what earlier requests still do.
 */
export class RequestStatements {
  /** Their text, in order of execution. */
  readonly texts: string[] = [];
  private readonly current = new AsyncLocalStorage<FastifyRequest>();
  private counted = new WeakSet<FastifyRequest>();

  /** Receives each statement that a database executes. */
  readonly listen = (sql: string): void => {
    const request = this.current.getStore();
    if (request && this.counted.has(request)) this.texts.push(sql);
  };

  /** Associates statements with the request that caused them. */
  readonly onRequest: onRequestHookHandler = (request, _reply, done) => {
    this.counted.add(request);
    this.current.run(request, done);
  };

  forget(): void {
    this.texts.length = 0;
    this.counted = new WeakSet();
  }
}
