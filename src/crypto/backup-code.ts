import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { canonicalBackupCode } from '../text/normalize.js';

/** Crockford's base32: without I, L, O and U, which look like other characters or form words. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Number of codes per user. */
const CODE_COUNT = 10;

/** Number of characters after the selector: 80 random bits, shown in groups. */
const SECRET_CHARACTERS = 16;
const GROUP_PATTERN = /.{4}/g;

const CODE_PATTERN = new RegExp(`^[${ALPHABET}]{${1 + SECRET_CHARACTERS}}$`);

/** A code in canonical form, which is hashed, and the first character, which selects the stored code. */
export interface BackupCode {
  readonly selector: string;
  readonly canonical: string;
}

/** 256 is a multiple of 32, so all characters are equally likely. */
const randomCharacters = (length: number) =>
  Array.from(randomBytes(length), (byte) => ALPHABET[byte % ALPHABET.length]).join('');

/**
 * Ten new codes as shown to their owner, e.g. `7-K3QF-9V2M-XTB4-W8PC`. Each has its own selector, so that a code is
 * compared with one stored code.
 */
export function newBackupCodes(): string[] {
  const selectors = new Set<string>();
  while (selectors.size < CODE_COUNT) selectors.add(randomCharacters(1));
  return [...selectors].map((selector) =>
    [selector, ...(randomCharacters(SECRET_CHARACTERS).match(GROUP_PATTERN) ?? [])].join('-'),
  );
}

/** Parses a code as a user typed it; null if it is malformed. */
export function parseBackupCode(input: string): BackupCode | null {
  const canonical = canonicalBackupCode(input);
  return CODE_PATTERN.test(canonical) ? { selector: canonical.charAt(0), canonical } : null;
}

/**
 * The SHA-256 of a code and its account, so that a row moved to another account matches nothing. Stored encrypted.
 * A slow hash would add nothing: whoever has the keys can read the authenticator secrets too (D-6).
 */
export const hashBackupCode = (accountId: string, { canonical }: BackupCode): Buffer =>
  createHash('sha256').update(`${accountId}:${canonical}`).digest();

/** Whether a hash is that of a code, compared in constant time. */
export const isBackupCodeHash = (hash: Buffer, accountId: string, code: BackupCode): boolean =>
  timingSafeEqual(hash, hashBackupCode(accountId, code));
