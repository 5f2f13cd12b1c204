import { days, hours, inSeconds, minutes } from '../../duration.js';
import type { Sweep } from '../../database/sweep/sweep.js';

/** How many attempts a bucket allows, and how long it locks. */
export interface AttemptPolicy {
  /** Number of consecutive failures before the first lock. */
  readonly firstLockAfter: number;
  /** Number of further failures before each following lock. */
  readonly lockEvery: number;
  /** Length of the first lock; each further lock is twice as long. */
  readonly firstLockSeconds: number;
  /** Maximum length of a lock. */
  readonly maximumLockSeconds: number;
  /** Time after which failures are forgotten; null if only a correct proof clears them. */
  readonly forgetAfterSeconds: number | null;
  /** Whether that time starts with the first failure, or again with each one. */
  readonly forgetsAfter: 'FIRST_FAILURE' | 'LAST_FAILURE';
  /** Number of consecutive failures after which the bucket stays locked until it is cleared. */
  readonly freezeAfter: number;
}

/** The maximum of PostgreSQL's integer, a number that failures never reach. */
const NEVER = 2_147_483_647;

/**
 * For the password of an account. Unknown devices, each known device and the user's own sessions count separately
 * (R-19).
 */
export const passwordPolicy: AttemptPolicy = {
  firstLockAfter: 10,
  lockEvery: 5,
  firstLockSeconds: inSeconds(minutes(1)),
  maximumLockSeconds: inSeconds(hours(1)),
  forgetAfterSeconds: inSeconds(minutes(15)),
  forgetsAfter: 'LAST_FAILURE',
  freezeAfter: NEVER,
};

/** For the password of an account from all unknown devices: 50 in 24 hours lock them until the next day (D-12). */
export const dailyPasswordPolicy: AttemptPolicy = {
  firstLockAfter: 50,
  lockEvery: 50,
  firstLockSeconds: inSeconds(days(1)),
  maximumLockSeconds: inSeconds(days(1)),
  forgetAfterSeconds: inSeconds(days(1)),
  forgetsAfter: 'FIRST_FAILURE',
  freezeAfter: NEVER,
};

/** For the second factor of an account, across challenges, sessions and every other use. */
export const secondFactorPolicy: AttemptPolicy = {
  firstLockAfter: 10,
  lockEvery: 5,
  firstLockSeconds: inSeconds(minutes(15)),
  maximumLockSeconds: inSeconds(days(1)),
  forgetAfterSeconds: null,
  forgetsAfter: 'LAST_FAILURE',
  freezeAfter: 100,
};

/** For backup codes within the user's own sessions. 80 random bits can't be guessed, but each attempt costs a hash. */
export const backupCodePolicy: AttemptPolicy = { ...passwordPolicy };

/** A bucket, its policy, and the account that it protects, if known. */
export interface Bucket {
  readonly bucket: string;
  readonly policy: AttemptPolicy;
  readonly accountId: string | null;
}

/** The result of an attempt. LOCKED means that none was left, so the proof was not verified. */
export type AttemptOutcome<Verified> = Verified | 'WRONG' | 'LOCKED';

/** Deletes expired failures. A current lock is never deleted, because its failures expire later than the lock. */
export const expiredAttempts: Sweep = {
  name: 'attempts',
  table: 'attempts',
  key: 'bucket',
  expiry: 'forgotten_at',
};
