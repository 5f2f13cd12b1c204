import { v4, v7 } from 'uuid';

/** Where a counter of 32 bits begins: anywhere in the lower half, so that it never runs over. A UUIDv4 begins with random bits. */
const randomStart = (): number => parseInt(v4().slice(0, 8), 16) >>> 1;

let latest = { msecs: 0, seq: 0 };

/**
 * A new row's id: a UUIDv7 (RFC 9562) of the moment, made here, so that no sequence stands in the way of a write. Those
 * of one process sort in the order in which they were made: while the moment stands still or goes back, as it does
 * between requests that are under way at once, a counter goes on (section 6.2, method 1). The last 42 bits are random.
 */
export function newId(now: Date): string {
  const msecs = now.getTime();
  latest = msecs > latest.msecs ? { msecs, seq: randomStart() } : { msecs: latest.msecs, seq: latest.seq + 1 };
  return v7(latest);
}
