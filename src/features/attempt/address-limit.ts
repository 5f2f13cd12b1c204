import type { Limit, TakenUse } from './rate-limits.js';
import type { AttemptLimit } from './with-attempt.js';

/**
 * Limits attempts per IP address over all accounts. Taking throws `RateLimitedError` if none is left. Nothing clears
 * the failures, so signing in to one account allows no guesses at another; a rule refunds a complete success.
 */
export const addressLimit = (limit: Limit): AttemptLimit<TakenUse> => ({
  name: 'address',
  take: ({ rateLimits, caller }) => rateLimits.take(limit, caller.ip),
  refund: ({ rateLimits }, taken) => rateLimits.refund(taken),
});
