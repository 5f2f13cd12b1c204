import { randomBytes } from 'node:crypto';
import { canonicalBackupCode } from '../text/normalize.js';

/** Crockford's base32: no I, L, O and U, which are taken for other characters or make words. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** How many codes a person gets. */
const CODES = 10;

/** Characters after the selector: 80 random bits, written in groups. */
const SECRET_CHARACTERS = 16;
const GROUP = /.{4}/g;

const CODE = new RegExp(`^[${ALPHABET}]{${1 + SECRET_CHARACTERS}}$`);

/** A code in the one form in which it is hashed, and the character by which its hash is found. */
export interface BackupCode {
  readonly selector: string;
  readonly canonical: string;
}

/** 32 characters divide 256 evenly, so each is as likely as any other. */
const randomCharacters = (length: number) =>
  Array.from(randomBytes(length), (byte) => ALPHABET[byte % ALPHABET.length]).join('');

/**
 * Ten new codes as their owner gets them, e.g. `7-K3QF-9V2M-XTB4-W8PC`: each with a selector of its own, so that one
 * look takes one hash.
 */
export function newBackupCodes(): string[] {
  const selectors = new Set<string>();
  while (selectors.size < CODES) selectors.add(randomCharacters(1));
  return [...selectors].map((selector) =>
    [selector, ...(randomCharacters(SECRET_CHARACTERS).match(GROUP) ?? [])].join('-'),
  );
}

/** Reads a code as a user typed it; null for what is none. */
export function readBackupCode(typed: string): BackupCode | null {
  const canonical = canonicalBackupCode(typed);
  return CODE.test(canonical) ? { selector: canonical.charAt(0), canonical } : null;
}
