/** A duration in milliseconds, as Date and timers use it. */
export type Milliseconds = number;

const SECOND_MS: Milliseconds = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Converts seconds to milliseconds. */
export const seconds = (count: number): Milliseconds => count * SECOND_MS;

/** Converts minutes to milliseconds. */
export const minutes = (count: number): Milliseconds => count * MINUTE_MS;

/** Converts hours to milliseconds. */
export const hours = (count: number): Milliseconds => count * HOUR_MS;

/** Converts days of 24 hours, as all days of UTC are, to milliseconds. */
export const days = (count: number): Milliseconds => count * DAY_MS;

/** Converts a duration to seconds, for cookies, limits and Retry-After. */
export const inSeconds = (duration: Milliseconds): number => duration / SECOND_MS;

/** Converts a duration to minutes, for texts. */
export const inMinutes = (duration: Milliseconds): number => duration / MINUTE_MS;
