import { randomInt } from 'node:crypto';
import { DIGITS } from './base62.js';

/** The prefix that clients of AI services and secret scanners expect. */
const PREFIX = 'sk-';

/**
 * 285 bits. All 48 characters are random, as clients and users expect of such a key, so there is no checksum; a
 * string in another format is rejected without a query.
 */
const SECRET_LENGTH = 48;

const callKeyPattern = new RegExp(`^${PREFIX}[0-9A-Za-z]{${SECRET_LENGTH}}$`);

/** Number of characters of the hint, at the start and end of the key. */
const HINT_START = 8;
const HINT_END = 4;

/**
 * A new call key. Each character is drawn separately from the operating system's randomness, so all are equally likely.
 */
export const newCallKey = (): string =>
  PREFIX + Array.from({ length: SECRET_LENGTH }, () => DIGITS[randomInt(DIGITS.length)]).join('');

/** Whether a string has the format of a call key. */
export const isCallKey = (text: string): boolean => callKeyPattern.test(text);

/** The hint that identifies a key after it was shown once, e.g. `sk-aB3dE…9xYz`. */
export const callKeyHint = (key: string): string => `${key.slice(0, HINT_START)}…${key.slice(-HINT_END)}`;
