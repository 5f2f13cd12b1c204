import { RANDOM_PAGE_COST } from '../connection/random-page-cost.js';

/**
 * JIT and parallel workers are off: PostgreSQL uses them if it overestimates a sum, and the sum of a year then took
 * twenty times as long. Timestamps come in UTC, whatever the server's time zone.
 */
export const SESSION_OPTIONS = `-c jit=off -c max_parallel_workers_per_gather=0 -c timezone=UTC -c ${RANDOM_PAGE_COST}`;
