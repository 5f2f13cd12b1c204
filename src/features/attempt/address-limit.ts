import type { Limit } from './rate-limits.js';
import type { AttemptLimit } from './with-attempt.js';

/**
 * Counts attempts from the caller's IP address over all accounts. Only failures count, so a correct password of one
 * account allows no more guesses at another. Taking throws `RateLimited` if none is left.
 */
export const addressLimit = (limit: Limit): AttemptLimit<true> => ({
  take: async ({ rateLimits, caller }) => {
    await rateLimits.take(limit, caller.ip);
    return true;
  },
  refund: ({ rateLimits, caller }) => rateLimits.refund(limit, caller.ip),
  clear: ({ rateLimits, caller }) => rateLimits.refund(limit, caller.ip),
});
