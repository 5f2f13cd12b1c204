import { HashingOverloaded } from '../../crypto/password-hash.js';
import type { RuleContext } from '../../rules/context.js';
import type { Limit } from './rate-limits.js';

/**
 * Pays for a try from the caller's address, and gives it back when the work turns out well or the server was too
 * busy for it: only failures count, and a right password of one account makes no room for guesses at another.
 *
 * @throws {RateLimited}
 */
export async function countingFailures<Result>(
  { rateLimits, caller }: RuleContext,
  limit: Limit,
  work: () => Promise<Result>,
): Promise<Result> {
  await rateLimits.spend(limit, caller.ip);
  try {
    const result = await work();
    await rateLimits.giveBack(limit, caller.ip);
    return result;
  } catch (error) {
    if (error instanceof HashingOverloaded) await rateLimits.giveBack(limit, caller.ip);
    throw error;
  }
}
