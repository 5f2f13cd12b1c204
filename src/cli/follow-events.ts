import type { Command } from 'commander';
import { fork, type Database } from '../database/connection/database.js';
import { parseCursor, formatCursor, type Cursor } from '../features/security-event/stream/cursor.js';
import { sealedEventRecord, sealedEventText, timeOf } from '../features/security-event/stream/describe-sealed-event.js';
import { followEvents } from '../features/security-event/stream/follow-events.js';
import {
  checkCursor,
  CursorError,
  findEnd,
  findStart,
  type SealedEvent,
} from '../features/security-event/stream/read-sealed-events.js';
import { explainFailure } from '../server/start-failure.js';
import { toJsonLines } from '../text/json-lines.js';
import { readState, writeState } from './follow-state.js';
import { CommandError, wantsJson } from './print-result.js';
import { withDatabase } from './with-database.js';

/** The options of `postern events follow`. */
export interface FollowArguments {
  readonly after?: string;
  readonly state?: string;
  readonly once?: boolean;
}

/**
 * Prints each sealed event once. The state is written after its line: a process that is killed in between prints this
 * line again, and no other.
 */
export const follow = ({ after, state, once }: FollowArguments, command: Command): Promise<void> =>
  withDatabase(async ({ database }) => {
    const stopped = new AbortController();
    const stop = () => stopped.abort();
    process.once('SIGTERM', stop).once('SIGINT', stop);
    const toLine = wantsJson(command) ? toJsonLine : toTextLine;
    const onOutage = (error: unknown) =>
      void process.stderr.write(`Waiting for the database: ${explainFailure(error, 'it can’t be read')}\n`);
    try {
      const cursor = await findCursor(database, after, state);
      if (state !== undefined) writeState(state, formatCursor(cursor));
      const options = { signal: stopped.signal, once: once === true, onOutage };
      for await (const event of followEvents(database, cursor, options)) {
        if (!(await print(toLine(event)))) return;
        if (state !== undefined) writeState(state, formatCursor(event.cursor));
      }
    } catch (error) {
      if (!(error instanceof CursorError)) throw error;
      throw new CommandError(`${error.message} Continue with --after and a cursor, or "start" for all that is left.`);
    } finally {
      process.off('SIGTERM', stop).off('SIGINT', stop);
    }
  });

/** Where to begin: at the state, which wins, or after a cursor, or now. */
async function findCursor(database: Database, after: string | undefined, state: string | undefined): Promise<Cursor> {
  const em = fork(database);
  const stored = state === undefined ? null : readState(state);
  if (stored === null && after === undefined) return findEnd(em);
  if (stored === null && after === 'start') return findStart(em);
  const cursor = parseCursor(stored ?? after ?? '');
  if (!cursor)
    throw new CommandError(
      stored === null
        ? 'Enter a cursor as a line of "events follow --json" has it, or "start".'
        : `${state} has no cursor. Delete it, and continue with --after and the cursor of the last line.`,
    );
  await checkCursor(em, cursor);
  return cursor;
}

const toJsonLine = (event: SealedEvent) => toJsonLines([sealedEventRecord(event)]);

const toTextLine = (sealed: SealedEvent) =>
  `${sealed.event ? timeOf(sealed.event).toISOString() : '-'} ${sealedEventText(sealed)} cursor=${formatCursor(sealed.cursor)}\n`;

/**
 * Writes a line to standard output.
 *
 * @returns whether the system has all of it; false if the reader has closed
 */
const print = (line: string): Promise<boolean> =>
  new Promise((resolve, reject) => {
    process.stdout.write(line, (error) => {
      if (!error) resolve(true);
      else if ((error as NodeJS.ErrnoException).code === 'EPIPE') resolve(false);
      else reject(error);
    });
  });
