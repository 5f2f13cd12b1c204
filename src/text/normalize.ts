import { domainToASCII } from 'node:url';

// User input has one canonical form, in which it is stored, hashed and compared. All canonical forms are defined here.

/** A username: NFKC and lowercase, so that full-width and capital letters name the same account. */
export const canonicalUsername = (input: string): string => input.normalize('NFKC').toLowerCase();

/** A password: NFC is its only normalization. It is neither trimmed nor case-folded. */
export const canonicalPassword = (input: string): string => input.normalize('NFC');

/** A six-digit code: only ASCII spaces are removed. */
export const canonicalCode = (input: string): string => input.replaceAll(' ', '');

/**
 * A backup code: uppercase, without dashes and spaces, with O read as 0, and I and L as 1. Only ASCII letters
 * are uppercased, so that no other letter becomes one of the alphabet.
 */
export const canonicalBackupCode = (input: string): string =>
  input
    .replaceAll(/[a-z]/g, (letter) => letter.toUpperCase())
    .replaceAll(/[- ]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');

/** The domain of an email address in ASCII (IDNA), the same for composed and decomposed input; '' if invalid. */
export const canonicalEmailDomain = (input: string): string => domainToASCII(input.normalize('NFC'));

/** The lowercase form by which email addresses are compared. Mail goes to the original address. */
export const toEmailKey = (address: string): string => address.toLowerCase();

/**
 * A search text: in the form of usernames and addresses, without control characters and surrounding whitespace.
 */
export const canonicalSearch = (input: string): string =>
  input
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Cc}/gu, '')
    .trim();

/** A reason: one line, without characters that hide its content. */
export const canonicalReason = (input: string): string =>
  input.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\s]+/gu, ' ').trim();

/** The name of a call key or a model, trimmed. Its characters are checked where it is parsed. */
export const canonicalName = (input: string): string => input.trim();
