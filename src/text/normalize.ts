import { domainToASCII } from 'node:url';

// User input has one canonical form, in which it is stored, hashed and compared. All canonical forms are defined here.

// Pasted text often has what users don't see: line breaks, blanks of any width, and format characters such as U+200B.
const INVISIBLE = /[\p{White_Space}\p{Cf}]/gu;
const isVisible = (character: string): boolean => character.search(INVISIBLE) === -1;

/** Removes blanks and format characters at both ends (D-5). */
function trimInvisible(input: string): string {
  const characters = Array.from(input);
  return characters.slice(characters.findIndex(isVisible), characters.findLastIndex(isVisible) + 1).join('');
}

/** A username: NFKC and lowercase, so that full-width and capital letters name the same account. */
export const canonicalUsername = (input: string): string => trimInvisible(input.normalize('NFKC').toLowerCase());

/** A password: NFC is its only normalization. It is neither trimmed nor case-folded. */
export const canonicalPassword = (input: string): string => input.normalize('NFC');

/** A six-digit code: NFKC, without blanks and format characters (D-5). */
export const canonicalCode = (input: string): string => input.normalize('NFKC').replaceAll(INVISIBLE, '');

/**
 * A backup code: NFKC and uppercase, without dashes, blanks and format characters, with O read as 0, and I and L as 1
 * (D-5, R-36). Only ASCII letters are uppercased, so that no other letter becomes one of the alphabet.
 */
export const canonicalBackupCode = (input: string): string =>
  canonicalCode(input)
    .replaceAll(/[a-z]/g, (letter) => letter.toUpperCase())
    .replaceAll(/[\p{Pd}\u2212]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');

/** An email address as typed, for parsing. Nothing inside changes, since that would be another mailbox. */
export const canonicalEmailInput = trimInvisible;

/** The domain of an email address in ASCII (IDNA), the same for composed and decomposed input; '' if invalid. */
export const canonicalEmailDomain = (input: string): string => domainToASCII(input.normalize('NFC'));

/** The lowercase form by which email addresses are compared. Mail goes to the original address. */
export const toEmailKey = (address: string): string => address.toLowerCase();

/**
 * A search text: in the form of usernames and addresses, without control characters and surrounding whitespace.
 */
export const canonicalSearch = (input: string): string =>
  trimInvisible(
    input
      .normalize('NFKC')
      .toLowerCase()
      .replace(/\p{Cc}/gu, ''),
  );

/** A reason: one line, without characters that hide its content. */
export const canonicalReason = (input: string): string =>
  input.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\s]+/gu, ' ').trim();

/** The name of a call key or a model, trimmed. Its characters are checked where it is parsed. */
export const canonicalName = trimInvisible;
