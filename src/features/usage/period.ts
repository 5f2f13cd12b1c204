import type { Period } from './usage-total.entity.js';

/** The length of each period (in ms). Days are those of UTC, which all have one length. */
export const PERIOD_MS: Readonly<Record<Period, number>> = { HOUR: 3_600_000, DAY: 86_400_000 };

/** When the hour or the day of a moment begins, in UTC. */
export const beginOf = (period: Period, moment: Date): Date =>
  new Date(Math.floor(moment.getTime() / PERIOD_MS[period]) * PERIOD_MS[period]);
