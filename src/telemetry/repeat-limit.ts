import { minutes } from '../duration.js';

const INTERVAL_MS = minutes(1);

/** Messages that are remembered. With more, the oldest one is forgotten, and logged when it comes again. */
const MAXIMUM_MESSAGES = 100;

/** Logs a fault that repeats, such as a database that is away, at most once a minute. */
export class RepeatLimit {
  readonly #logged = new Map<string, { readonly at: number; leftOut: number }>();

  /**
   * Counts a message.
   *
   * @returns how many equal messages were left out since the last line; null if this one is left out, too
   */
  count(message: string, now: Date): number | null {
    const last = this.#logged.get(message);
    if (last && now.getTime() - last.at < INTERVAL_MS) {
      last.leftOut += 1;
      return null;
    }
    this.#logged.delete(message);
    this.#logged.set(message, { at: now.getTime(), leftOut: 0 });
    for (const oldest of this.#logged.keys()) {
      if (this.#logged.size <= MAXIMUM_MESSAGES) break;
      this.#logged.delete(oldest);
    }
    return last?.leftOut ?? 0;
  }
}
