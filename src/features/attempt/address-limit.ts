import type { Limit } from './rate-limits.js';
import type { AttemptLimit } from './with-attempt.js';

/**
 * Counts attempts from the caller's address, over all accounts. Only failures count: a right password of one account
 * makes no room for guesses at another. Taking throws {RateLimited} where none is left.
 */
export const addressLimit = (limit: Limit): AttemptLimit<true> => ({
  take: async ({ rateLimits, caller }) => {
    await rateLimits.take(limit, caller.ip);
    return true;
  },
  refund: ({ rateLimits, caller }) => rateLimits.refund(limit, caller.ip),
  clear: ({ rateLimits, caller }) => rateLimits.refund(limit, caller.ip),
});
