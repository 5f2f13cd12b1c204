import { defineEntity, p } from '@mikro-orm/core';

/** The counters of rate-limiter-flexible; the library names the columns. */
export const RateLimitEntity = defineEntity({
  name: 'RateLimit',
  tableName: 'rate_limits',
  properties: {
    key: p.string().length(255).primary(),
    points: p.integer(),
    /** In milliseconds since 1970. */
    expire: p.bigint('number').nullable(),
  },
});
