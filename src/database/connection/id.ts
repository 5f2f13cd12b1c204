import { MAX, NIL, parse, v4, v7 } from 'uuid';
import { days } from '../../duration.js';

/**
 * Where a counter of 32 bits begins: anywhere in the lower half, so that it never runs over. A UUIDv4 begins with
 * random bits.
 */
const randomStart = (): number => parseInt(v4().slice(0, 8), 16) >>> 1;

let latest = { msecs: 0, seq: 0 };

/**
 * How far a clock may go back while ids go on from where they were (in ms). When it was set back further, it was wrong
 * before, and ids follow it: so no id is later than its moment by more than this.
 */
export const CLOCK_SET_BACK_MS = days(1);

/**
 * A new row's id: a UUIDv7 (RFC 9562) of the moment, made here, so that no sequence stands in the way of a write. Those
 * of one process sort in the order in which they were made: while the moment stands still or goes back, as it does
 * between requests that are under way at once, a counter goes on (section 6.2, method 1). The last 42 bits are random.
 */
export function newId(now: Date): string {
  const msecs = now.getTime();
  const follows = msecs > latest.msecs || msecs < latest.msecs - CLOCK_SET_BACK_MS;
  latest = follows ? { msecs, seq: randomStart() } : { msecs: latest.msecs, seq: latest.seq + 1 };
  return v7(latest);
}

/** An id as the bytes that it stands for. */
export const toBytes = (id: string): Uint8Array => parse(id);

/**
 * The id of a row that can be sent again: a UUIDv7 of its moment (RFC 9562, section 5.7) whose other bits are those of
 * a hash of what names the row, of 16 bytes or more. Of the same two it is the same, so that a second row meets the
 * primary key.
 */
export function idFromHash(at: Date, hash: Uint8Array): string {
  const seq = new DataView(hash.buffer, hash.byteOffset).getUint32(0);
  return v7({ msecs: at.getTime(), seq, random: hash });
}

/** What stands before every id of a moment and after every earlier one: no id is equal to it. */
export const beforeIdsOf = (time: Date): string =>
  time
    .getTime()
    .toString(16)
    .padStart(12, '0')
    .replace(/^(.{8})(.{4})$/, '$1-$2-0000-0000-000000000000');

/**
 * The nil UUID (RFC 9562, section 5.9), which names no row: nobody, or everybody. Every id stands after it, and before
 * the max UUID (section 5.10).
 */
export const NIL_ID = NIL;
export const MAX_ID = MAX;
