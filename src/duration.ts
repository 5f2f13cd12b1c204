/** A length of time in milliseconds: what Date and timers count in. */
export type Milliseconds = number;

const SECOND_MS: Milliseconds = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** So many seconds. */
export const seconds = (count: number): Milliseconds => count * SECOND_MS;

/** So many minutes. */
export const minutes = (count: number): Milliseconds => count * MINUTE_MS;

/** So many hours. */
export const hours = (count: number): Milliseconds => count * HOUR_MS;

/** So many days of 24 hours, as those of UTC all are. */
export const days = (count: number): Milliseconds => count * DAY_MS;

/** A duration in seconds, for what counts in them: cookies, limits, Retry-After. */
export const inSeconds = (duration: Milliseconds): number => duration / SECOND_MS;

/** A duration in minutes, for texts. */
export const inMinutes = (duration: Milliseconds): number => duration / MINUTE_MS;
