/** The digits of base62, in the order of ASCII. */
export const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE = DIGITS.length;
const BIG_BASE = BigInt(BASE);

/** So many digits are written at a time: as a `number`, which holds them exactly, they cost less than half of what they do as a `bigint`. */
const GROUP_LENGTH = 8;
const GROUP = BIG_BASE ** BigInt(GROUP_LENGTH);

/** A number in base62, padded with zeros to `length` digits. */
export function encodeBase62(value: bigint, length: number): string {
  let text = '';
  let rest = value;
  for (; rest >= GROUP; rest /= GROUP) text = digitsOf(Number(rest % GROUP)).padStart(GROUP_LENGTH, '0') + text;
  return (digitsOf(Number(rest)) + text).padStart(length, '0');
}

function digitsOf(group: number): string {
  let text = '';
  for (let rest = group; rest > 0; rest = Math.floor(rest / BASE)) text = DIGITS.charAt(rest % BASE) + text;
  return text;
}

/** The number that base62 digits stand for; null where a character is not a base62 digit. */
export function decodeBase62(text: string): bigint | null {
  let value = 0n;
  for (const character of text) {
    const digit = DIGITS.indexOf(character);
    if (digit < 0) return null;
    value = value * BIG_BASE + BigInt(digit);
  }
  return value;
}
