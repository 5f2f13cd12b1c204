import { OverloadedError } from '../../rules/overloaded.js';

/** How much work runs and waits at the same time. */
export interface QueueLimits {
  /** Work that runs at the same time. */
  readonly running: number;
  /** Work of one key that runs at the same time. */
  readonly runningPerKey: number;
  /** Work that waits. */
  readonly waiting: number;
  /** The longest wait, in ms. */
  readonly waitMs: number;
}

interface Waiter {
  /** How much work of the same part waited before it. */
  readonly round: number;
  readonly part: string;
  readonly start: () => void;
  readonly reject: () => void;
}

/**
 * A queue that serves its keys in turn, e.g. the addresses of sign-ins, so that a flood from one doesn't delay the
 * others. A key's parts take turns too, e.g. the sessions of an account. When it is full, the key with the most waiting
 * work loses its newest.
 */
export class FairQueue {
  private running = 0;
  private waitingCount = 0;
  private readonly runningByKey = new Map<string, number>();
  /** The keys in the order in which they are served next. */
  private readonly waitingByKey = new Map<string, Waiter[]>();

  constructor(private readonly limits: QueueLimits) {}

  /**
   * Waits for a turn.
   *
   * @param part the part of the key that takes turns with the others of this key
   * @returns a function to call when the work is done
   * @throws {OverloadedError} immediately if the queue is full, or after the longest wait
   */
  async enter(key: string, part = key): Promise<() => void> {
    if (this.canRun(key)) this.begin(key);
    else await this.wait(key, part);
    let isDone = false;
    return () => {
      if (isDone) return;
      isDone = true;
      this.end(key);
    };
  }

  private canRun(key: string): boolean {
    const { running, runningPerKey } = this.limits;
    return this.running < running && (this.runningByKey.get(key) ?? 0) < runningPerKey;
  }

  private begin(key: string): void {
    this.running += 1;
    this.runningByKey.set(key, (this.runningByKey.get(key) ?? 0) + 1);
  }

  private end(key: string): void {
    this.running -= 1;
    const left = (this.runningByKey.get(key) ?? 1) - 1;
    if (left > 0) this.runningByKey.set(key, left);
    else this.runningByKey.delete(key);
    this.startNext();
  }

  private wait(key: string, part: string): Promise<void> {
    const round = (this.waitingByKey.get(key) ?? []).filter((waiter) => waiter.part === part).length;
    if (this.waitingCount >= this.limits.waiting && !this.makeRoom(key, round))
      throw new OverloadedError('the queue is full');
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.remove(key, waiter);
        waiter.reject();
      }, this.limits.waitMs);
      const waiter: Waiter = {
        round,
        part,
        start: () => {
          clearTimeout(timer);
          this.begin(key);
          resolve();
        },
        reject: () => {
          clearTimeout(timer);
          reject(new OverloadedError('the queue did not get to it in time'));
        },
      };
      this.waitingCount += 1;
      const waiters = this.waitingByKey.get(key) ?? [];
      const later = waiters.findIndex((other) => other.round > round);
      waiters.splice(later < 0 ? waiters.length : later, 0, waiter);
      this.waitingByKey.set(key, waiters);
    });
  }

  /** Rejects the last work of the key with the most. @returns false if the newcomer itself would be that */
  private makeRoom(key: string, round: number): boolean {
    const [busiest, waiters] = [...this.waitingByKey].reduce<[string, Waiter[]]>(
      (most, entry) => (entry[1].length > most[1].length ? entry : most),
      [key, this.waitingByKey.get(key) ?? []],
    );
    const newest = waiters.at(-1);
    // Work that has waited is kept when the newcomer would have as much as the busiest.
    const isOwn = busiest === key;
    if (!newest || (isOwn ? newest.round <= round : waiters.length <= (this.waitingByKey.get(key)?.length ?? 0) + 1))
      return false;
    this.remove(busiest, newest);
    newest.reject();
    return true;
  }

  private remove(key: string, waiter: Waiter): void {
    const waiters = this.waitingByKey.get(key) ?? [];
    const index = waiters.indexOf(waiter);
    if (index < 0) return;
    waiters.splice(index, 1);
    this.waitingCount -= 1;
    if (waiters.length === 0) this.waitingByKey.delete(key);
  }

  private startNext(): void {
    for (const [key, waiters] of this.waitingByKey) {
      const [first] = waiters;
      if (!first || !this.canRun(key)) continue;
      this.remove(key, first);
      // The key goes to the end of the order.
      if (this.waitingByKey.delete(key)) this.waitingByKey.set(key, waiters);
      first.start();
      return;
    }
  }
}
