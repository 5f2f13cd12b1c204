import type pg from 'pg';
import type { PoolState } from '../../telemetry/registry.js';

/** The state of the embedded database, which has no pool. */
export const noPool = (): PoolState => ({ inUse: 0, idle: 0, waiting: 0, timeouts: 0 });

/** Watches a pool. @returns a function that reads its state */
export function watchPool(pool: pg.Pool): () => PoolState {
  let timeouts = 0;
  const note = (error: unknown) => {
    if (error instanceof Error && /timeout exceeded when trying to connect/.test(error.message)) timeouts += 1;
  };
  const connect = pool.connect.bind(pool) as (callback?: (error?: Error, ...rest: unknown[]) => void) => unknown;
  pool.connect = ((callback?: (error?: Error, ...rest: unknown[]) => void) => {
    if (callback)
      return connect((error, ...rest) => {
        note(error);
        callback(error, ...rest);
      });
    return (connect() as Promise<pg.PoolClient>).catch((error: unknown) => {
      note(error);
      throw error;
    });
  }) as typeof pool.connect;
  return () => ({
    inUse: pool.totalCount - pool.idleCount,
    idle: pool.idleCount,
    waiting: pool.waitingCount,
    timeouts,
  });
}
