import pg from 'pg';
import type { StatementNames } from './statement-names.js';
import { hasNoStatementTimeout } from './without-statement-timeout.js';

/**
 * How often the database is checked while a statement gets no response, and how long a check may take. The sum is less
 * than the two seconds within which a caller gets an error.
 */
const CHECK_INTERVAL_MS = 800;
export const CHECK_TIMEOUT_MS = 700;

/** When a statement is abandoned even though the database is reachable: shortly after the server would cancel it. */
const RESPONSE_TIMEOUT_MS = 5_600;

/**
 * A client that drops its connection if a statement gets no response because the database or the network is down. The
 * caller gets an error immediately, and the pool opens a new connection. A statement that waits on a reachable database
 * is not abandoned before the server would cancel it.
 *
 * @param isReachable checks on another connection whether the database responds
 */
export const failFastClient = (isReachable: () => Promise<boolean>, names: StatementNames) =>
  class FailFastClient extends pg.Client {
    /** Set by the pool while the connection is in use; throws if it was already released. */
    declare release?: () => void;

    constructor(options?: pg.ClientConfig) {
      super(options);
      const send = this.query.bind(this) as (...statement: unknown[]) => unknown;
      this.query = ((...statement: unknown[]) => {
        const result = send(...withName(names, statement));
        // A cursor has no promise to wait for.
        if (hasNoStatementTimeout() || !(result instanceof Promise)) return result;
        return result.finally(abandonIfUnreachable(isReachable, () => this.connection.stream.destroy()));
      }) as typeof this.query;
      // Kysely never releases a connection whose BEGIN, COMMIT or ROLLBACK failed, and a pool full of them could never
      // write again. So release it here, after Kysely's own chance to do so.
      this.once('end', () =>
        setImmediate(() => {
          try {
            this.release?.();
          } catch {
            // It was already released.
          }
        }),
      );
    }
  };

/** A statement as Kysely sends it, with its name if it has one. */
function withName(names: StatementNames, statement: unknown[]): unknown[] {
  const [text, values] = statement;
  const name = typeof text === 'string' && Array.isArray(values) ? names.getName(text) : undefined;
  return name === undefined ? statement : [{ name, text, values }];
}

/**
 * Abandons a statement as soon as the database is unreachable. @returns a function that stops watching, to call when
 * the statement is done
 */
function abandonIfUnreachable(isReachable: () => Promise<boolean>, abandon: () => void): () => void {
  const startedAt = performance.now();
  let isDone = false;
  const check = async () => {
    const canWait = performance.now() - startedAt < RESPONSE_TIMEOUT_MS && (await isReachable());
    if (!canWait && !isDone) abandon();
  };
  const timer = setInterval(() => void check(), CHECK_INTERVAL_MS);
  return () => {
    isDone = true;
    clearInterval(timer);
  };
}
