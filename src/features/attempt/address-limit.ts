import type { Limit } from './rate-limits.js';
import type { AttemptLimit } from './with-attempt.js';

/**
 * Limits attempts per IP address over all accounts. Successful attempts are refunded, but don't clear the failures, so
 * signing in to one account allows no more guesses at another. Taking throws `RateLimitedError` if none is left.
 */
export const addressLimit = (limit: Limit): AttemptLimit<true> => ({
  take: async ({ rateLimits, caller }) => {
    await rateLimits.take(limit, caller.ip);
    return true;
  },
  refund: ({ rateLimits, caller }) => rateLimits.refund(limit, caller.ip),
  clear: ({ rateLimits, caller }) => rateLimits.refund(limit, caller.ip),
});
