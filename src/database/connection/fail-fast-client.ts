import pg from 'pg';
import { measureText } from '../../telemetry/statements.js';
import { sendPrepared } from './prepared-query.js';
import { READ_ONLY_CODE } from './read-only-database.js';
import { beginWithLimits, type Sessions, type StatementLimits } from './session.js';
import type { StatementNames } from './statement-names.js';
import { hasNoStatementTimeout } from './without-statement-timeout.js';

/** How often the database is checked while a statement gets no response (in ms). */
const CHECK_INTERVAL_MS = 800;

/** When a statement is abandoned even though the database is reachable: shortly after the server would cancel it. */
const RESPONSE_TIMEOUT_MS = 5_600;

/** What the clients of a pool share. */
interface ClientOptions {
  /** Checks on another connection whether the database responds. */
  readonly isReachable: () => Promise<boolean>;
  readonly names: StatementNames;
  readonly limits: StatementLimits;
  readonly sessions: Sessions;
}

/**
 * A client that drops its connection if a statement gets no response because the database or the network is down. The
 * caller gets an error immediately, and the pool opens a new connection. A statement that waits on a reachable database
 * is not abandoned before the server would cancel it. After a change that a read-only database rejects, all connections
 * of the process are dropped.
 */
export const failFastClient = (options: ClientOptions) =>
  class FailFastClient extends pg.Client {
    /** Set by the pool while the connection is in use; throws if it was already released. */
    declare release?: () => void;

    constructor(config?: pg.ClientConfig) {
      super(config);
      const query = this.query.bind(this) as Send;
      this.query = ((...statement: unknown[]) => {
        const result = measure(statement, () => send(options, query, statement));
        // A cursor has no promise to wait for.
        if (!(result instanceof Promise)) return result;
        result.catch((error: unknown) => dropIfReadOnly(options, error));
        if (hasNoStatementTimeout()) return result;
        return result.finally(abandonIfUnreachable(options.isReachable, () => this.connection.stream.destroy()));
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

/** Measures a statement, by its text. A cursor has no promise, and is not measured. */
function measure([statement]: unknown[], send: () => unknown): unknown {
  const text = typeof statement === 'string' ? statement : (statement as Partial<pg.QueryConfig> | undefined)?.text;
  if (typeof text !== 'string') return send();
  return measureText(text, send);
}

type Send = (...statement: unknown[]) => unknown;

/** Sends a statement of Kysely or a library, with its name if it has one. */
function send({ names, limits, sessions: { pooler } }: ClientOptions, query: Send, statement: unknown[]): unknown {
  const [text, values, ...others] = statement;
  if (pooler === 'transaction') return query(withoutSession(text, limits), values, ...others);
  if (typeof text !== 'string' || !Array.isArray(values)) return query(...statement);
  const name = names.getName(text);
  return name === undefined ? query(...statement) : sendPrepared(query, { name, text, values });
}

/** A pooler of transactions keeps no named statements and no limits, so each transaction begins with its own. */
function withoutSession(statement: unknown, limits: StatementLimits): unknown {
  if (typeof statement !== 'string') return { ...(statement as pg.QueryConfig), name: undefined };
  return /^(?:begin|start transaction)/i.test(statement) ? beginWithLimits(statement, limits) : statement;
}

/** Drops all connections if a change failed because the database became read-only, e.g. after a failover. */
function dropIfReadOnly({ sessions: { tracker } }: ClientOptions, error: unknown): void {
  if (error instanceof pg.DatabaseError && error.code === READ_ONLY_CODE) setImmediate(() => tracker.dropAll());
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
