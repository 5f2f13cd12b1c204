import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { days, hours, inSeconds, minutes, seconds } from '../../duration.js';
import type { StatementClient } from '../../database/connection/statement-client.js';
import { addressBucket } from '../../net/ip-address.js';

/** Thrown when a limit is exceeded. The caller may see `retryAfterSeconds`, because the limit is their own. */
export class RateLimitedError extends Error {
  constructor(readonly retryAfterSeconds: number) {
    super('rate limited');
  }
}

/** Limits per IP address, independent of any account. */
const limits = {
  /** Failed passwords over all accounts (see the numbers in the security requirements). */
  password: { points: 30, duration: inSeconds(minutes(15)) },
  /** Wrong answers of passkeys over all accounts. */
  passkey: { points: 30, duration: inSeconds(minutes(15)) },
  /** Challenges for passkeys without signing in. */
  passkeyStart: { points: 100, duration: inSeconds(minutes(15)) },
  registration: { points: 10, duration: inSeconds(hours(1)) },
  setup: { points: 10, duration: inSeconds(hours(1)) },
  /** Codes to bind an email address. */
  verification: { points: 20, duration: inSeconds(hours(1)) },
  passwordReset: { points: 10, duration: inSeconds(hours(1)) },
} as const;

/** Limits per account, session or email address, independent of the caller. */
const quotas = {
  verificationPerAccount: { points: 5, duration: inSeconds(hours(1)) },
  verificationPerAddress: { points: 5, duration: inSeconds(hours(1)) },
  invitationPerAddress: { points: 5, duration: inSeconds(hours(1)) },
  passwordLinkPerAccount: { points: 5, duration: inSeconds(hours(1)) },
  passwordResetPerAccount: { points: 3, duration: inSeconds(hours(1)) },
  /** Identity tokens for all services together; those of forward auth are not counted. */
  identityTokensPerSession: { points: 60, duration: inSeconds(minutes(1)) },
  /** Notices of one kind to one user, so that no user can fill a mailbox or the queue. */
  repeatedNotice: { points: 10, duration: inSeconds(hours(1)) },
  hourlyNotice: { points: 1, duration: inSeconds(hours(1)) },
  /** Exports, which read much. */
  usageExports: { points: 10, duration: inSeconds(hours(1)) },
  eventExports: { points: 10, duration: inSeconds(hours(1)) },
  accountExports: { points: 3, duration: inSeconds(days(1)) },
} as const;

/** The limits that hold without the others, too: they are about the server's load and the user's privacy. */
const lastingQuotas: ReadonlySet<Quota> = new Set(['usageExports', 'eventExports', 'accountExports']);

export type Limit = keyof typeof limits;
export type Quota = keyof typeof quotas;

/** One use that was counted. */
export interface TakenUse {
  readonly limit: Limit;
  readonly bucket: string;
  /** Unix time in milliseconds, when its window ends. */
  readonly windowEnd: number;
}

/** The library reads its clock twice for one window, so the end that it reports can be off by this much. */
const WINDOW_TOLERANCE_MS = seconds(1);

/** Rate limits, shared by all instances through the database. */
export interface RateLimits {
  /**
   * Takes one attempt.
   *
   * @throws {RateLimitedError} if none is left; if the database fails, its error is thrown
   */
  take(limit: Limit, ip: string | null): Promise<TakenUse>;
  /**
   * Counts one use of a limit per account or email address.
   *
   * @throws {RateLimitedError} if none is left
   */
  takeQuota(quota: Quota, key: string): Promise<void>;
  /** Like `takeQuota`, but returns false instead of throwing, for callers that must not reveal the limit. */
  isWithin(quota: Quota, key: string): Promise<boolean>;
  /** Refunds an attempt, once, within the window in which it was taken. Later it is worth nothing. */
  refund(taken: TakenUse): Promise<void>;
  /** Refunds one attempt of an IP address after a complete success, which an earlier request may have begun. */
  refundSuccess(limit: Limit, ip: string | null): Promise<void>;
}

/**
 * Creates limits that are stored in the database.
 *
 * @param onRejection called with the name of each exceeded limit
 */
export function createRateLimits(client: StatementClient, onRejection: (limit: Limit | Quota) => void): RateLimits {
  const limiters = Object.fromEntries(
    Object.entries({ ...limits, ...quotas }).map(([name, { points, duration }]) => [
      name,
      new RateLimiterPostgres({
        storeClient: client,
        storeType: 'pool',
        tableName: 'rate_limits',
        tableCreated: true,
        keyPrefix: name,
        points,
        duration,
      }),
    ]),
  ) as Record<Limit | Quota, RateLimiterPostgres>;
  const consume = async (name: Limit | Quota, key: string) => {
    try {
      return await limiters[name].consume(key);
    } catch (reason) {
      if (!(reason instanceof RateLimiterRes)) throw reason;
      onRejection(name);
      throw new RateLimitedError(Math.ceil(inSeconds(reason.msBeforeNext)));
    }
  };
  return {
    take: async (limit, ip) => {
      const bucket = addressBucket(ip);
      const { msBeforeNext } = await consume(limit, bucket);
      return { limit, bucket, windowEnd: Date.now() + msBeforeNext };
    },
    takeQuota: async (quota, key) => {
      await consume(quota, key);
    },
    isWithin: async (quota, key) => {
      try {
        await consume(quota, key);
        return true;
      } catch (error) {
        if (error instanceof RateLimitedError) return false;
        throw error;
      }
    },
    refund: ({ limit, bucket, windowEnd }) => refundUse(client, `${limit}:${bucket}`, windowEnd + WINDOW_TOLERANCE_MS),
    refundSuccess: (limit, ip) =>
      refundUse(client, `${limit}:${addressBucket(ip)}`, Date.now() + seconds(limits[limit].duration)),
  };
}

/**
 * Gives one use back in a window that ends by `latestEnd` and has not ended. The library's own `reward` would make a
 * credit of a use whose window has ended.
 */
async function refundUse(client: StatementClient, key: string, latestEnd: number): Promise<void> {
  await client.query({
    name: 'refund_rate_limit',
    text: 'update rate_limits set points = points - 1 where key = $1 and points > 0 and expire > $2 and expire <= $3',
    values: [key, Date.now(), latestEnd],
  });
}

/**
 * Disables rate limits except those of exports, for tests (`POSTERN_LIMITS=off`). Attempts on proofs still count
 * (R-18).
 */
export const onlyLastingLimits = ({ takeQuota }: RateLimits): RateLimits => ({
  take: (limit) => Promise.resolve({ limit, bucket: '', windowEnd: 0 }),
  takeQuota: (quota, key) => (lastingQuotas.has(quota) ? takeQuota(quota, key) : Promise.resolve()),
  isWithin: () => Promise.resolve(true),
  refund: () => Promise.resolve(),
  refundSuccess: () => Promise.resolve(),
});
