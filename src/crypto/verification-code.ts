import { randomInt } from 'node:crypto';

/** A code that people type from a mail. */
const DIGITS = 6;

/** A new random code of six digits, each equally likely; it may begin with zeros. */
export const newVerificationCode = (): string => String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
