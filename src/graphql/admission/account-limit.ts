import type { Config } from '../../config/config.js';
import { OverloadedError } from '../../rules/overloaded.js';
import type { Viewer } from '../../rules/viewer.js';

/**
 * Counts a request of an account and of its session among those in progress.
 *
 * @returns a function to call once, when it is done
 * @throws {OverloadedError} if there are too many
 */
export type AccountLimit = (viewer: Viewer | null) => () => void;

/** Limits the requests of one account that a process handles at the same time, whatever their path (D-11). */
export function createAccountLimit(capacity: Config['capacity']): AccountLimit {
  const counts = new Map<string, number>();
  return (viewer) => {
    const leaves: (() => void)[] = [];
    const leave = () => leaves.forEach((one) => one());
    try {
      for (const [key, maximum] of limitsOf(viewer, capacity)) leaves.push(enter(counts, key, maximum));
      return leave;
    } catch (error) {
      leave();
      throw error;
    }
  };
}

/** The limits of a viewer. One session has half of its account's, so that a stolen one can't keep its owner out. */
function limitsOf(viewer: Viewer | null, { requestsPerAccount }: Config['capacity']): (readonly [string, number])[] {
  if (viewer === null || viewer.role === 'SERVICE') return [];
  const credential = viewer.credential === 'SESSION' ? viewer.sessionId : 'API_TOKEN';
  return [
    [`${viewer.accountId}:${credential}`, Math.ceil(requestsPerAccount / 2)],
    [viewer.accountId, requestsPerAccount],
  ];
}

/** Counts a request of a key. @returns a function to call once, when it is done */
function enter(counts: Map<string, number>, key: string, maximum: number): () => void {
  const current = counts.get(key) ?? 0;
  if (current >= maximum) throw new OverloadedError('too many requests of one account');
  counts.set(key, current + 1);
  return () => {
    const left = (counts.get(key) ?? 1) - 1;
    if (left > 0) counts.set(key, left);
    else counts.delete(key);
  };
}
