import { hash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { encodeBase62 } from './base62.js';
import { isSameSecret } from './same-secret.js';

/**
 * The prefix of each kind of token. It lets secret scanners recognize a leaked token, and selects the table in which
 * the token is looked up.
 */
const prefixes = {
  session: 'pss_',
  gate: 'psg_',
  device: 'psd_',
  trustedBrowser: 'pst_',
  secondFactorChallenge: 'psc_',
  setup: 'psu_',
  passwordReset: 'psr_',
  emailChange: 'pse_',
  accountDeletion: 'psl_',
  apiToken: 'pat_',
  accessToken: 'pac_',
} as const;

export type TokenKind = keyof typeof prefixes;

/** 256 bits from the operating system. */
const SECRET_BYTES = 32;
/** Number of base62 digits for 256 bits. */
const SECRET_LENGTH = 43;
/** Number of base62 digits for a CRC-32. */
const CHECKSUM_LENGTH = 6;

const checksum = (text: string) => encodeBase62(BigInt(crc32(text)), CHECKSUM_LENGTH);

/** A new secret token: prefix, 256 random bits, and a checksum that rejects typos and guesses without a query. */
export function newToken(kind: TokenKind): string {
  const body = prefixes[kind] + encodeBase62(BigInt(`0x${randomBytes(SECRET_BYTES).toString('hex')}`), SECRET_LENGTH);
  return body + checksum(body);
}

const base62 = /^[0-9A-Za-z]+$/;

/** Whether a string has the prefix, length, alphabet and checksum of this kind of token. */
export function isToken(kind: TokenKind, text: string): boolean {
  const body = text.slice(0, -CHECKSUM_LENGTH);
  return (
    text.length === prefixes[kind].length + SECRET_LENGTH + CHECKSUM_LENGTH &&
    text.startsWith(prefixes[kind]) &&
    base62.test(text.slice(prefixes[kind].length)) &&
    checksum(body) === text.slice(-CHECKSUM_LENGTH)
  );
}

/**
 * The SHA-256 of a token, which is stored and looked up. A fast hash is enough, since 256 random bits can't be guessed
 * (R-52).
 */
export const hashToken = (token: string): string => hash('sha256', token, 'base64url');

/** Whether a stored hash is that of a token, in constant time. */
export const isTokenOf = (storedHash: string, token: string): boolean => isSameSecret(hashToken(token), storedHash);
