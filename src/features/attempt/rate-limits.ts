import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { hours, inSeconds, minutes } from '../../duration.js';
import type { StatementClient } from '../../database/connection/statement-client.js';
import { addressBucket } from '../../net/ip-address.js';

/** The caller did something too often; `retryAfterSeconds` may be told, since the limit is the caller's own. */
export class RateLimited extends Error {
  constructor(readonly retryAfterSeconds: number) {
    super('rate limited');
  }
}

/** What one address may do, whoever it says it is. */
const limits = {
  /** Failed passwords over all accounts (the table of numbers in the security requirements). */
  password: { points: 30, duration: inSeconds(minutes(15)) },
  registration: { points: 10, duration: inSeconds(hours(1)) },
  setup: { points: 10, duration: inSeconds(hours(1)) },
  /** Codes to bind an address. */
  verification: { points: 20, duration: inSeconds(hours(1)) },
  passwordReset: { points: 10, duration: inSeconds(hours(1)) },
} as const;

/** What one account or one mail address may cause, whoever asks. */
const quotas = {
  verificationPerAccount: { points: 5, duration: inSeconds(hours(1)) },
  verificationPerAddress: { points: 5, duration: inSeconds(hours(1)) },
  passwordLinkPerAccount: { points: 5, duration: inSeconds(hours(1)) },
  passwordResetPerAccount: { points: 3, duration: inSeconds(hours(1)) },
  hourlyNotice: { points: 1, duration: inSeconds(hours(1)) },
} as const;

export type Limit = keyof typeof limits;
export type Quota = keyof typeof quotas;

/** Limits by address: shared by all instances, in the database. */
export interface RateLimits {
  /**
   * Pays for one try. @throws {RateLimited} when there is none left, or when the count cannot be kept (R-86: then the
   * fault itself)
   */
  take(limit: Limit, ip: string | null): Promise<void>;
  /** Pays for one use of what an account or a mail address may cause. @throws {RateLimited} */
  takeQuota(quota: Quota, key: string): Promise<void>;
  /** The same, for work of which nobody is told that it was too often: false when there is none left. */
  isWithin(quota: Quota, key: string): Promise<boolean>;
  /** Gives a try back that turned out well. */
  refund(limit: Limit, ip: string | null): Promise<void>;
}

/** Limits that are kept in the database. `onRefusal` hears of each refusal which limit it was. */
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
      await limiters[name].consume(key);
    } catch (reason) {
      if (!(reason instanceof RateLimiterRes)) throw reason;
      onRejection(name);
      throw new RateLimited(Math.ceil(inSeconds(reason.msBeforeNext)));
    }
  };
  return {
    take: (limit, ip) => consume(limit, addressBucket(ip)),
    takeQuota: consume,
    isWithin: async (quota, key) => {
      try {
        await consume(quota, key);
        return true;
      } catch (error) {
        if (error instanceof RateLimited) return false;
        throw error;
      }
    },
    refund: async (limit, ip) => {
      await limiters[limit].reward(addressBucket(ip));
    },
  };
}

/**
 * No limits by address and no quotas, for tests of other things (`LIMITS=off`); attempts on a proof count all the same
 * (R-18).
 */
export const noRateLimits: RateLimits = {
  take: () => Promise.resolve(),
  takeQuota: () => Promise.resolve(),
  isWithin: () => Promise.resolve(true),
  refund: () => Promise.resolve(),
};
