import { clampTime } from '../../database/read/storable-time.js';
import { days, hours, minutes, type Milliseconds } from '../../duration.js';
import type { Period } from './usage-total.entity.js';

/** The length of each period. Days are in UTC, so all have the same length. */
export const PERIOD_MS: Readonly<Record<Period, Milliseconds>> = { HOUR: hours(1), DAY: days(1) };

/** The window of per-minute rates. */
const RATE_WINDOW_MS = minutes(1);

/** A time span with an exclusive end. */
export interface TimeSpan {
  readonly from: Date;
  readonly to: Date;
}

/** The start of the hour or day of a timestamp, in UTC. */
export const startOfPeriod = (period: Period, time: Date): Date =>
  new Date(Math.floor(time.getTime() / PERIOD_MS[period]) * PERIOD_MS[period]);

/** The start of the hour or day in UTC that is nearest to a timestamp, within the times that can be stored. */
export const nearestStart = (period: Period, time: Date): Date =>
  clampTime(startOfPeriod(period, new Date(time.getTime() + PERIOD_MS[period] / 2)));

/** The time span of a filter; by default, it covers all logs. */
export const toTimeSpan = (
  { from, to }: { readonly from: Date | null; readonly to: Date | null },
  now: Date,
): TimeSpan => ({
  from: from ?? new Date(0),
  to: to ?? new Date(startOfPeriod('DAY', now).getTime() + 2 * PERIOD_MS.DAY),
});

/** The last 60 seconds, including the current millisecond. */
export const lastMinute = (now: Date): TimeSpan => ({
  from: new Date(now.getTime() - RATE_WINDOW_MS + 1),
  to: new Date(now.getTime() + 1),
});
