import { days, hours, minutes, seconds } from '../../../duration.js';

/** The distances between attempts; the last one repeats. */
const RETRY_AFTER_MS = [
  seconds(5),
  minutes(1),
  minutes(10),
  hours(1),
  hours(3),
  hours(6),
  hours(12),
  hours(24),
] as const;

/** How long after its event a delivery is retried. */
const RETRIED_FOR_MS = days(3);

/**
 * When to try a delivery again after a failure; null if it is given up.
 *
 * @param attempts how often it was tried, at least once
 * @param at the time of its event
 */
export function findNextAttempt(attempts: number, at: Date, now: Date): Date | null {
  const afterMs = RETRY_AFTER_MS[Math.min(attempts, RETRY_AFTER_MS.length) - 1] ?? RETRY_AFTER_MS[0];
  const next = new Date(now.getTime() + afterMs);
  return next.getTime() <= at.getTime() + RETRIED_FOR_MS ? next : null;
}
