import { randomInt } from 'node:crypto';

/** Number of digits of a code that users type from an email. */
const DIGITS = 6;

/** A new random six-digit code. All codes are equally likely, including those with leading zeros. */
export const newVerificationCode = (): string => String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
