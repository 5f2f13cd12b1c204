/** The digits of base62, in ASCII order. */
export const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BIG_BASE = BigInt(DIGITS.length);

/** All pairs of digits, indexed by the number they represent. */
const PAIRS = [...DIGITS].flatMap((first) => [...DIGITS].map((second) => first + second));

/** Number of pairs written at a time: a `number` holds them exactly and takes a third of the time of a `bigint`. */
const GROUP_PAIRS = 4;
const GROUP = BigInt(PAIRS.length) ** BigInt(GROUP_PAIRS);

/** A number in base62, padded with zeros to `length` digits. */
export function encodeBase62(value: bigint, length: number): string {
  let text = '';
  for (let remaining = value; remaining > 0n; remaining /= GROUP) text = encodeGroup(Number(remaining % GROUP)) + text;
  return text.length < length ? text.padStart(length, '0') : trimLeadingZeros(text, length);
}

function encodeGroup(group: number): string {
  let text = '';
  let remaining = group;
  for (let pair = 0; pair < GROUP_PAIRS; pair += 1) {
    text = PAIRS[remaining % PAIRS.length] + text;
    remaining = Math.floor(remaining / PAIRS.length);
  }
  return text;
}

/** Removes leading zeros, but keeps `length` digits. */
function trimLeadingZeros(digits: string, length: number): string {
  let zeroCount = 0;
  while (digits.length - zeroCount > length && digits[zeroCount] === '0') zeroCount += 1;
  return digits.slice(zeroCount);
}

/** Parses base62 digits; null if a character is not a base62 digit. */
export function decodeBase62(text: string): bigint | null {
  let value = 0n;
  for (const character of text) {
    const digit = DIGITS.indexOf(character);
    if (digit < 0) return null;
    value = value * BIG_BASE + BigInt(digit);
  }
  return value;
}
