import { inSeconds, seconds } from '../duration.js';

/** How long callers should wait before they retry (in seconds): about as long as a full queue takes. */
export const RETRY_AFTER_SECONDS = inSeconds(seconds(5));

/** This process has no capacity for a request. Nothing was read, changed or counted (D-11). */
export class OverloadedError extends Error {
  readonly retryAfterSeconds = RETRY_AFTER_SECONDS;
}
