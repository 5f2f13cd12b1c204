import { setTimeout as delay } from 'node:timers/promises';
import { fork, type Database } from '../../../database/connection/database.js';
import { isDatabaseUnavailable } from '../../../database/connection/database-unavailable.js';
import { seconds } from '../../../duration.js';
import type { Cursor } from './cursor.js';
import { checkCursor, readSealedEvents, type SealedEvent } from './read-sealed-events.js';

/** How often the seals are read while there is nothing new. A read touches one index entry. */
const POLLING_INTERVAL_MS = seconds(1);

/** How long to wait after the database was not reachable. */
const RETRY_INTERVAL_MS = seconds(2);

const EVENTS_PER_PAGE = 500;

/** How to follow events. */
export interface FollowOptions {
  /** Ends it between two events. */
  readonly signal: AbortSignal;
  /** Whether it ends when no sealed event is left. */
  readonly once: boolean;
  /** Is called when the database can't be reached, once until it can. */
  readonly onOutage: (error: unknown) => void;
}

/**
 * Yields every sealed event after a cursor once, in its final order, and waits for new ones. It survives a restart of
 * the database and of the servers.
 *
 * @throws {CursorError} if events after the cursor can't be read
 */
export async function* followEvents(
  database: Database,
  after: Cursor,
  { signal, once, onOutage }: FollowOptions,
): AsyncGenerator<SealedEvent> {
  let [last, isReachable, isChecked] = [after, true, false];
  const isStopped = () => signal.aborted;
  while (!isStopped()) {
    let page: readonly SealedEvent[] | null = null;
    try {
      const em = fork(database);
      // The database may be another one after an outage.
      if (!isChecked) await checkCursor(em, last);
      page = await readSealedEvents(em, last, EVENTS_PER_PAGE);
      [isReachable, isChecked] = [true, true];
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
      if (isReachable) onOutage(error);
      [isReachable, isChecked] = [false, false];
    }
    for (const event of page ?? []) {
      if (isStopped()) return;
      yield event;
      last = event.cursor;
    }
    if (once && page?.length === 0) return;
    if (!page || page.length === 0) await pause(page ? POLLING_INTERVAL_MS : RETRY_INTERVAL_MS, signal);
  }
}

/** Waits, or ends early with the signal. */
const pause = (milliseconds: number, signal: AbortSignal) =>
  delay(milliseconds, undefined, { signal }).catch(() => undefined);
