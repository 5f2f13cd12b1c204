import { Counter, Histogram } from 'prom-client';
import { inSeconds } from '../duration.js';

/** From a cached read to the longest operation, in seconds. */
const DURATION_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Outcomes that alerts count from zero: a counter that begins at 1 shows no increase. */
const ALERTED_OUTCOMES = ['INTERNAL_SERVER_ERROR', 'SERVICE_UNAVAILABLE'];

/** The metrics of requests. A registry must add them. */
export interface RequestMetrics {
  readonly requests: Counter<'operation' | 'outcome'>;
  readonly durations: Histogram<'operation'>;
  readonly hashWaits: Histogram;
}

/** Creates the metrics of requests. Their labels are bounded, and none is a client's. */
export function createRequestMetrics(): RequestMetrics {
  const requests = new Counter({
    name: 'postern_requests_total',
    help: 'Requests, by operation and outcome as in the log: OK, REFUSED, ABORTED, or the code of an error.',
    labelNames: ['operation', 'outcome'] as const,
    registers: [],
  });
  for (const outcome of ALERTED_OUTCOMES) requests.inc({ operation: 'other', outcome }, 0);
  return {
    requests,
    durations: new Histogram({
      name: 'postern_request_duration_seconds',
      help: 'How long requests took, by operation.',
      labelNames: ['operation'] as const,
      buckets: DURATION_BUCKETS,
      registers: [],
    }),
    hashWaits: new Histogram({
      name: 'postern_password_hash_wait_seconds',
      help: 'How long password hashes waited for their turn.',
      buckets: DURATION_BUCKETS,
      registers: [],
    }),
  };
}

/** Counts a request that is done. */
export function countRequest(
  { requests, durations }: RequestMetrics,
  {
    operation,
    outcome,
    milliseconds,
  }: { readonly operation: string; readonly outcome: string; readonly milliseconds: number },
): void {
  requests.inc({ operation, outcome });
  durations.observe({ operation }, inSeconds(milliseconds));
}
