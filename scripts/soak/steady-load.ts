import { setTimeout as sleep } from 'node:timers/promises';

/** What became of requests that were sent at a steady rate. */
export interface LoadResult {
  readonly count: number;
  /** Failures, by what was wrong. */
  readonly failures: ReadonlyMap<string, number>;
  /** From the time at which each request was due to its answer, ascending (in ms). */
  readonly latencies: readonly number[];
}

/**
 * Sends requests at a steady rate, whether or not earlier ones are answered.
 *
 * @param send sends the request of a number, and returns what was wrong with its answer; null if it is right
 */
export async function sendSteadily(
  perSecond: number,
  isOver: () => boolean,
  send: (number: number) => Promise<string | null>,
): Promise<LoadResult> {
  const failures = new Map<string, number>();
  const latencies: number[] = [];
  const sent: Promise<void>[] = [];
  const startedAt = performance.now();
  for (let number = 0; !isOver(); number += 1) {
    const dueAt = startedAt + (number * 1_000) / perSecond;
    await sleep(Math.max(0, dueAt - performance.now()));
    sent.push(
      send(number).then((fault) => {
        latencies.push(performance.now() - dueAt);
        if (fault !== null) failures.set(fault, (failures.get(fault) ?? 0) + 1);
      }),
    );
  }
  await Promise.all(sent);
  return { count: sent.length, failures, latencies: latencies.toSorted((one, other) => one - other) };
}
