import { randomInt } from 'node:crypto';
import { DIGITS } from './base62.js';

/** What every client of AI services looks for at the beginning of a key, and secret scanners too. */
const PREFIX = 'sk-';

/**
 * 285 bits. All of the 48 characters are random, as clients and people expect of such a key: there is no room
 * for a checksum, and what has another shape is refused without a query.
 */
const SECRET_LENGTH = 48;

const shape = new RegExp(`^${PREFIX}[0-9A-Za-z]{${SECRET_LENGTH}}$`);

/** How many characters at the beginning and at the end a key is recognised by. */
const HINT_START = 8;
const HINT_END = 4;

/**
 * A new call key: each character is drawn by itself from the operating system's randomness, so that none is more
 * likely.
 */
export const newCallKey = (): string =>
  PREFIX + Array.from({ length: SECRET_LENGTH }, () => DIGITS[randomInt(DIGITS.length)]).join('');

/** Whether a string could be a call key. */
export const isCallKey = (text: string): boolean => shape.test(text);

/** What a key is recognised by once it is not shown any more, e.g. `sk-aB3dE…9xYz`. */
export const callKeyHint = (key: string): string => `${key.slice(0, HINT_START)}…${key.slice(-HINT_END)}`;
