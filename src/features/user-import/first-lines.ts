import { hashName } from '../../crypto/name-hash.js';

/** No namespace: the hashes live as long as the command. */
const NO_NAMESPACE = new Uint8Array();

/** Slots at the start. There are always twice as many as values. */
const FIRST_SLOTS = 2 ** 12;

/**
 * Remembers the first line of each value in 24 bytes at least and 48 at most, where a Map takes some hundred. It keeps
 * 64 bits of a hash: two of ten million values share one with a probability of 1 in 300,000.
 */
export class FirstLines {
  #high = new Uint32Array(FIRST_SLOTS);
  #low = new Uint32Array(FIRST_SLOTS);
  /** 0 marks a free slot. */
  #lines = new Uint32Array(FIRST_SLOTS);
  #count = 0;

  /** Returns the line that had this value first; null if this one is it. */
  note(value: string, line: number): number | null {
    const hash = hashName(NO_NAMESPACE, value);
    const [high, low] = [hash.readUInt32LE(0), hash.readUInt32LE(4)];
    const slot = this.#find(high, low);
    if (this.#lines[slot] !== 0) return this.#lines[slot] ?? null;
    this.#set(slot, high, low, line);
    this.#count += 1;
    if (this.#count * 2 > this.#lines.length) this.#grow();
    return null;
  }

  /** The slot of a hash, or the free one where it belongs. */
  #find(high: number, low: number): number {
    const mask = this.#lines.length - 1;
    let slot = low & mask;
    while (this.#lines[slot] !== 0 && (this.#high[slot] !== high || this.#low[slot] !== low)) slot = (slot + 1) & mask;
    return slot;
  }

  #set(slot: number, high: number, low: number, line: number): void {
    this.#high[slot] = high;
    this.#low[slot] = low;
    this.#lines[slot] = line;
  }

  #grow(): void {
    const [high, low, lines] = [this.#high, this.#low, this.#lines];
    const slots = lines.length * 2;
    [this.#high, this.#low, this.#lines] = [new Uint32Array(slots), new Uint32Array(slots), new Uint32Array(slots)];
    for (const [index, line] of lines.entries()) {
      const [oldHigh = 0, oldLow = 0] = [high[index], low[index]];
      if (line !== 0) this.#set(this.#find(oldHigh, oldLow), oldHigh, oldLow, line);
    }
  }
}
