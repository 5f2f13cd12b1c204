import { Counter } from 'prom-client';

/**
 * Counts of what this process rejected, without user data. What limits reject, and what anonymous callers are denied,
 * is not a security event.
 */
export interface Rejections {
  /** Rejections by limits and quotas, by name, whether or not the caller was informed. */
  readonly limits: Counter<'limit'>;
  /** Errors returned to callers, by code. */
  readonly errors: Counter<'code'>;
}

/** Creates the counters at zero. They are visible only once registered. */
export const createRejectionCounters = (): Rejections => ({
  limits: new Counter({
    name: 'postern_limit_rejections_total',
    help: 'Requests rejected by limits and quotas, by name.',
    labelNames: ['limit'],
    registers: [],
  }),
  errors: new Counter({
    name: 'postern_errors_total',
    help: 'GraphQL errors returned to callers, by code. Does not include userErrors.',
    labelNames: ['code'],
    registers: [],
  }),
});
