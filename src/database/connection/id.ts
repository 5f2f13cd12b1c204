import { MAX, NIL, parse, v4, v7 } from 'uuid';
import { days } from '../../duration.js';

/** A random start for a 32-bit counter, in the lower half, so that it never overflows. */
const randomStart = (): number => parseInt(v4().slice(0, 8), 16) >>> 1;

let latest = { msecs: 0, seq: 0 };

/**
 * How far the clock may go back before IDs follow it. Up to this, they continue from the latest ID, so that they stay
 * in order; if the clock goes back further, it must have been wrong before.
 */
export const CLOCK_ROLLBACK_TOLERANCE_MS = days(1);

/**
 * A new row ID: a UUIDv7 (RFC 9562). IDs of one process sort in creation order: a counter increases while the clock
 * stands still or goes back (section 6.2, method 1). The last 42 bits are random.
 */
export function newId(now: Date): string {
  const msecs = now.getTime();
  const usesClock = msecs > latest.msecs || msecs < latest.msecs - CLOCK_ROLLBACK_TOLERANCE_MS;
  latest = usesClock ? { msecs, seq: randomStart() } : { msecs: latest.msecs, seq: latest.seq + 1 };
  return v7(latest);
}

/** Converts an ID to its bytes. */
export const idToBytes = (id: string): Uint8Array => parse(id);

/**
 * A deterministic row ID: a UUIDv7 (RFC 9562, section 5.7) of the row's time and a hash of what identifies the row (16
 * bytes or more). A row that is sent twice gets the same ID and violates the primary key.
 */
export function idFromHash(at: Date, hash: Uint8Array): string {
  const seq = new DataView(hash.buffer, hash.byteOffset).getUint32(0);
  return v7({ msecs: at.getTime(), seq, random: hash });
}

/**
 * The lower bound of the IDs created at a time, for range queries. It is not an ID itself. No ID is older than 1970, so
 * a time before that has the bound of 1970.
 */
export const minimumIdAt = (time: Date): string =>
  Math.max(time.getTime(), 0)
    .toString(16)
    .padStart(12, '0')
    .replace(/^(.{8})(.{4})$/, '$1-$2-0000-0000-000000000000');

/**
 * The nil UUID (RFC 9562, section 5.9) sorts before every ID, and the max UUID (section 5.10) after. No row has the nil
 * UUID as its ID, so it can stand for no account or for all accounts.
 */
export const NIL_ID = NIL;
export const MAX_ID = MAX;
