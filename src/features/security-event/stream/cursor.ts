import { formatSeal, NO_PREVIOUS_HASH } from '../event-seal.js';

/**
 * A place in the stream of sealed events: the last one that was read. Their order is that of the seals, and of the
 * events in a seal. It has the hash of the seal too, since a restored database can have another one with this number.
 */
export interface Cursor {
  /** The number of the seal; 0 before the first one. */
  readonly seal: number;
  readonly hash: string;
  /** The position of the event in the seal, from 1 on. */
  readonly event: number;
}

/** Before the first event that was ever sealed. */
export const BEFORE_ALL: Cursor = { seal: 0, hash: NO_PREVIOUS_HASH, event: 0 };

const START = 'start';

/** A cursor as text: `1207:Zk…/3`, or `start`. */
export const formatCursor = ({ seal, hash, event }: Cursor): string =>
  seal === 0 ? START : `${formatSeal({ number: seal, hash })}/${event}`;

/** Reads a cursor; null if the text is none. */
export function parseCursor(text: string): Cursor | null {
  if (text === START) return BEFORE_ALL;
  const [, seal, hash, event] = /^([1-9]\d{0,9}):([\w-]{43})\/([1-9]\d{0,3})$/.exec(text) ?? [];
  return seal && hash && event ? { seal: Number(seal), hash, event: Number(event) } : null;
}
