import pg from 'pg';
import type { StatementNames } from './statement-names.js';
import { hasNoStatementTimeout } from './without-statement-timeout.js';

/**
 * When a statement was silent for so long, and again after every such time, the database is asked whether it is there,
 * and how long it has for that (in ms). Together they stay below the two seconds in which a caller is told of a fault.
 */
const CHECK_MS = 800;
export const CHECK_ANSWER_MS = 700;

/** When a statement is given up though the database is there: a little after the server itself would end it (in ms). */
const MAXIMUM_SILENCE_MS = 5_600;

/**
 * Connections that are given up when a statement is not answered because the database, or the network to it, is gone or
 * frozen: the pool then opens another one instead of handing on one that answers nobody, and its caller is told at
 * once. A statement that waits for its turn on a database that is there may wait.
 *
 * Once it is lost, such a connection goes back to its pool, which throws it away. Kysely keeps a connection whose
 * BEGIN, COMMIT or ROLLBACK failed; as many of them as the pool holds would leave a server that never writes again.
 *
 * @param isReachable whether the database answers at the moment; asked by another connection
 */
export const failFastClient = (isReachable: () => Promise<boolean>, names: StatementNames) =>
  class FailFastClient extends pg.Client {
    /** Set by the pool while somebody has the connection; it throws when it was given back already. */
    declare release?: () => void;

    constructor(options?: pg.ClientConfig) {
      super(options);
      const send = this.query.bind(this) as (...statement: unknown[]) => unknown;
      this.query = ((...statement: unknown[]) => {
        const answer = send(...named(names, statement));
        // A cursor answers to who reads it.
        if (hasNoStatementTimeout() || !(answer instanceof Promise)) return answer;
        return answer.finally(watchSilence(isReachable, () => this.connection.stream.destroy()));
      }) as typeof this.query;
      // After who has it was told, and has given it back where it does.
      this.once('end', () =>
        setImmediate(() => {
          try {
            this.release?.();
          } catch {
            // It was given back.
          }
        }),
      );
    }
  };

/** A statement as Kysely sends it, with a name where it has one. */
function named(names: StatementNames, statement: unknown[]): unknown[] {
  const [text, values] = statement;
  const name = typeof text === 'string' && Array.isArray(values) ? names.nameOf(text) : undefined;
  return name === undefined ? statement : [{ name, text, values }];
}

/** Gives up where the database turns out not to be there, until it is told that the answer came. */
function watchSilence(isReachable: () => Promise<boolean>, abandon: () => void): () => void {
  const startedAt = performance.now();
  let answered = false;
  const check = async () => {
    const there = performance.now() - startedAt < MAXIMUM_SILENCE_MS && (await isReachable());
    if (!there && !answered) abandon();
  };
  const timer = setInterval(() => void check(), CHECK_MS);
  return () => {
    answered = true;
    clearInterval(timer);
  };
}
