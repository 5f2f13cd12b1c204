import { days, hours, type Milliseconds } from '../../duration.js';
import type { Period } from './usage-total.entity.js';

/** The length of each period (in ms). Days are those of UTC, which all have one length. */
export const PERIOD_MS: Readonly<Record<Period, Milliseconds>> = { HOUR: hours(1), DAY: days(1) };

/** When the hour or the day of a time begins, in UTC. */
export const beginOf = (period: Period, time: Date): Date =>
  new Date(Math.floor(time.getTime() / PERIOD_MS[period]) * PERIOD_MS[period]);
