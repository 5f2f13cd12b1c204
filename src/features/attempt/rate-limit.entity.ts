import { defineEntity, p } from '@mikro-orm/core';

/** The counters of rate-limiter-flexible, which defines the column names. */
export const RateLimitEntity = defineEntity({
  name: 'RateLimit',
  tableName: 'rate_limits',
  properties: {
    key: p.string().length(255).primary(),
    points: p.integer(),
    /** Unix time in milliseconds. */
    expire: p.bigint('number').nullable(),
  },
});
