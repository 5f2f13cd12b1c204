import pg from 'pg';
import type { StatementNames } from './statement-names.js';
import { hasNoStatementTimeout } from './without-statement-timeout.js';

/**
 * After this much silence of a statement, and repeatedly, the database is checked, and has this long to answer (in ms).
 * Together they stay below the two seconds within which a caller gets an error.
 */
const CHECK_INTERVAL_MS = 800;
export const CHECK_TIMEOUT_MS = 700;

/** When a statement is abandoned although the database is reachable: shortly after the server would end it (in ms). */
const RESPONSE_TIMEOUT_MS = 5_600;

/**
 * Connections that are abandoned if a statement gets no answer because the database or the network is gone or frozen.
 * The pool then opens a new one, and the caller gets an error immediately. A statement that waits for its turn on a
 * reachable database may wait.
 *
 * @param isReachable whether the database answers now; checked on another connection
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
        // A cursor returns its rows to its own reader, not here.
        if (hasNoStatementTimeout() || !(result instanceof Promise)) return result;
        return result.finally(abandonIfUnreachable(isReachable, () => this.connection.stream.destroy()));
      }) as typeof this.query;
      // Kysely keeps a connection whose BEGIN, COMMIT or ROLLBACK failed, and a pool full of them could never write
      // again. So release it, after its owner got the error and had the chance to.
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

/** Abandons a statement if the database is unreachable, until the returned function reports its answer. */
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
