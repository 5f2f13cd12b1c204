import { days, hours, inSeconds, minutes } from '../../duration.js';
import type { Sweep } from '../../database/sweep/sweep.js';

/** How often a proof may be tried at one place, and how long a lock lasts. */
export interface AttemptPolicy {
  /** Failures in a row after which the place locks for the first time … */
  readonly firstLockAfter: number;
  /** … and then again each time after so many more. */
  readonly lockEvery: number;
  /** The first lock; each further one doubles it … */
  readonly lockSeconds: number;
  /** … up to this. */
  readonly longestLockSeconds: number;
  /** After so long without a try the failures are forgotten; null: only a right proof clears them. */
  readonly forgetAfterSeconds: number | null;
  /** Failures in a row after which the place stays shut. */
  readonly frozenAfter: number;
}

/** More failures than PostgreSQL's integer can count. */
const NEVER = 2_147_483_647;

/** The password of an account, tried from one side: strangers, a known device, the person's own sessions. */
export const passwordPolicy: AttemptPolicy = {
  firstLockAfter: 10,
  lockEvery: 5,
  lockSeconds: inSeconds(minutes(1)),
  longestLockSeconds: inSeconds(hours(1)),
  forgetAfterSeconds: inSeconds(minutes(15)),
  frozenAfter: NEVER,
};

/** The second factor of an account, over challenges, sessions and everything else that asks for it. */
export const secondFactorPolicy: AttemptPolicy = {
  firstLockAfter: 10,
  lockEvery: 5,
  lockSeconds: inSeconds(minutes(15)),
  longestLockSeconds: inSeconds(days(1)),
  forgetAfterSeconds: null,
  frozenAfter: 100,
};

/**
 * A backup code, tried within the person's own sessions: nobody guesses 80 random bits, but each look at one is a hash.
 */
export const backupCodePolicy: AttemptPolicy = { ...passwordPolicy };

/** A bucket, how it locks, and whose account it guards, where that is known. */
export interface Bucket {
  readonly bucket: string;
  readonly policy: AttemptPolicy;
  readonly accountId: string | null;
}

/** What became of an attempt. LOCKED: none was left, so the proof was not verified. */
export type AttemptOutcome<Verified> = Verified | 'WRONG' | 'LOCKED';

/** Failures are swept when they are forgotten. A lock is never among them: it is forgotten some time after its end. */
export const forgottenAttempts: Sweep = {
  name: 'attempts',
  table: 'attempts',
  key: 'bucket',
  expiry: 'forgotten_at',
};
