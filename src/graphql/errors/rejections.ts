import { Counter } from 'prom-client';

/**
 * Counters of what this process rejected, without user data. Rejections by limits and of anonymous callers are not
 * recorded as security events.
 */
export interface Rejections {
  /** Rejections by limits and quotas, by name, whether or not the caller was informed. */
  readonly limits: Counter<'limit'>;
  /** Errors returned to callers, by code. */
  readonly errors: Counter<'code'>;
}

/** Creates the counters, which a registry must add. */
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
