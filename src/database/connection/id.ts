import { MAX, NIL, parse, v4, v7 } from 'uuid';
import { days } from '../../duration.js';

/** The start of a 32-bit counter: in the lower half, so that it never overflows. A UUIDv4 starts with random bits. */
const randomStart = (): number => parseInt(v4().slice(0, 8), 16) >>> 1;

let latest = { msecs: 0, seq: 0 };

/**
 * How far a clock may go back while IDs continue from the latest one (in ms). If it goes back further, it was wrong
 * before, and IDs follow it. So no ID is later than its time by more than this.
 */
export const CLOCK_ROLLBACK_TOLERANCE_MS = days(1);

/**
 * A new row ID: a UUIDv7 (RFC 9562), created here so that no sequence slows down writes. IDs of one process sort in
 * creation order: while the clock stands still or goes back, as between concurrent requests, a counter increases
 * (section 6.2, method 1). The last 42 bits are random.
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
 * A repeatable row ID: a UUIDv7 of the row's time (RFC 9562, section 5.7) with other bits from a hash of what
 * identifies the row (16 bytes or more). A row that is sent twice gets the same ID and violates the primary key.
 */
export function idFromHash(at: Date, hash: Uint8Array): string {
  const seq = new DataView(hash.buffer, hash.byteOffset).getUint32(0);
  return v7({ msecs: at.getTime(), seq, random: hash });
}

/** A bound that sorts before every ID of a time and after every earlier one; it is not an ID itself. */
export const minimumIdAt = (time: Date): string =>
  time
    .getTime()
    .toString(16)
    .padStart(12, '0')
    .replace(/^(.{8})(.{4})$/, '$1-$2-0000-0000-000000000000');

/**
 * The nil UUID (RFC 9562, section 5.9) sorts before every ID, and the max UUID (section 5.10) after. The nil UUID is no
 * row's ID; it can stand for no account, or for all accounts.
 */
export const NIL_ID = NIL;
export const MAX_ID = MAX;
