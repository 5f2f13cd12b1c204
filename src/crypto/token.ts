import { hash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { encodeBase62 } from './base62.js';

/**
 * The prefix of each kind of token. It says at a glance, to people and to secret scanners, what has leaked, and it
 * sends each token to the one table that it is looked up in.
 */
const prefixes = {
  session: 'pss_',
  device: 'psd_',
  secondFactorChallenge: 'psc_',
  setup: 'psu_',
  passwordReset: 'psr_',
  emailChange: 'pse_',
  apiToken: 'pat_',
} as const;

export type TokenKind = keyof typeof prefixes;

/** 256 bits from the operating system. */
const SECRET_BYTES = 32;
/** The base62 digits that 256 bits take. */
const SECRET_LENGTH = 43;
/** The base62 digits that a CRC-32 takes. */
const CHECKSUM_LENGTH = 6;

const checksum = (text: string) => encodeBase62(BigInt(crc32(text)), CHECKSUM_LENGTH);

/**
 * A new secret token: prefix, 256 random bits, and a checksum with which a typo or a guess is refused without a query.
 */
export function newToken(kind: TokenKind): string {
  const body = prefixes[kind] + encodeBase62(BigInt(`0x${randomBytes(SECRET_BYTES).toString('hex')}`), SECRET_LENGTH);
  return body + checksum(body);
}

const base62 = /^[0-9A-Za-z]+$/;

/** Whether a string could be a token of this kind: its prefix, length, alphabet and checksum are right. */
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
 * What is stored of a token, and looked up: its SHA-256. Enough for 256 random bits, which no dictionary holds.
 */
export const hashToken = (token: string): string => hash('sha256', token, 'base64url');
